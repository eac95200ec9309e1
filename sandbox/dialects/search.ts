import { applyTransform } from '../apply-transform.ts';
import type { Call } from '../call.ts';
import type { RawResponse } from '../raw-response.ts';
import { type Page, readPage } from '../search.ts';
import type { Dialect } from './dialect.ts';
import { jsonOf, rewriteEnvelope, withJson } from './json-body.ts';

const PAGE_CAP = 100;

/** Other ways of paging, counting and filtering a search. */
export const SEARCH = {
  'offset-pages-0': paging('offset counts pages, from 0', ({ offset, limit }) => ({
    offset: offset * limit,
    limit,
  })),
  'offset-pages-1': paging('offset counts pages, from 1; 0 is the first page too', ({ offset, limit }) => ({
    offset: Math.max(0, offset - 1) * limit,
    limit,
  })),
  'page-cap-100': paging(`a page holds at most ${PAGE_CAP} codes, whatever limit says`, (page) => ({
    ...page,
    limit: Math.min(page.limit, PAGE_CAP),
  })),
  'pages-shrink': paging('each page but the first holds half of limit, though more follow', (page) => ({
    ...page,
    limit: page.offset === 0 ? page.limit : Math.ceil(page.limit / 2),
  })),
  'total-of-page': counting("total is the page's own count", (_, listed) => listed),
  'total-too-low': counting('total is half of the matches', (matches) => Math.floor(matches / 2)),
  'ignore-filters': {
    description: 'A search answers every code, whatever the filters',
    on: ['search'],
    start: () => (call, next) => next({ ...call, body: '{}' }),
  },
  'list-under-data-data': {
    description: 'The list of a search stands in payload.data.data',
    on: ['search'],
    start: () =>
      rewriteEnvelope((json) =>
        Array.isArray(json.payload) ? { ...json, payload: { data: { data: json.payload } } } : json,
      ),
  },
} as const satisfies Record<string, Dialect>;

function paging(what: string, edit: (page: Page) => Page): Dialect {
  return {
    description: `In a search, ${what}`,
    on: ['search'],
    start: () => (call, next) => {
      const page = readPage(call.query);
      return next(page === undefined ? call : withPage(call, edit(page)));
    },
  };
}

function withPage(call: Call, { offset, limit }: Page): Call {
  const query = new URLSearchParams(call.query);
  query.set('offset', String(offset));
  query.set('limit', String(limit));
  return { ...call, query };
}

function counting(what: string, count: (matches: number, listed: number) => number): Dialect {
  return {
    description: `The list of a search stands in payload.content; ${what}`,
    on: ['search'],
    start: () => async (call, next) => withTotal(await next(call), count),
  };
}

function withTotal(delivery: RawResponse, count: (matches: number, listed: number) => number): RawResponse {
  const json = jsonOf(delivery);
  if (delivery.mode !== 'whole' || json === undefined || !Array.isArray(json.payload)) return delivery;
  const listed = json.payload.length;
  const outcome = {
    httpStatus: delivery.httpStatus,
    json,
    matches: count(delivery.matches ?? listed, listed),
  };
  return withJson(
    delivery,
    applyTransform(outcome, { kind: 'wrap-list', under: 'content', total: true }).json,
  );
}
