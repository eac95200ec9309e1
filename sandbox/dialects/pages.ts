import { STATUS_CODES } from 'node:http';
import { type RawResponse, wholeDelivery } from '../raw-response.ts';

/** A response with a web page. */
export function pageDelivery(
  httpStatus: number,
  page: string,
  headers: Record<string, string> = {},
): RawResponse & { mode: 'whole' } {
  return wholeDelivery(httpStatus, { 'content-type': 'text/html;charset=UTF-8', ...headers }, page);
}

/** A response with nginx's own page for a status. */
export function nginxDelivery(httpStatus: number, headers: Record<string, string> = {}): RawResponse {
  const title = `${httpStatus} ${STATUS_CODES[httpStatus]}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n`;
  return wholeDelivery(httpStatus, { 'content-type': 'text/html', server: 'nginx/1.24.0', ...headers }, page);
}

/** A response with a page of one sentence. */
export function simplePage(
  httpStatus: number,
  title: string,
  text: string,
  headers: Record<string, string> = {},
): RawResponse {
  const page = `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
  return pageDelivery(httpStatus, page, headers);
}
