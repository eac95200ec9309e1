import type { RowGroup } from '../bench.ts';
import { bulkCurl } from './bulk-curl.ts';
import { bulkHttp1 } from './bulk-http1.ts';
import { bulkHttp2 } from './bulk-http2.ts';
import { bulkPage } from './bulk-page.ts';
import { coldStart } from './cold-start.ts';
import { find } from './find.ts';
import { firstPaint } from './first-paint.ts';
import { history } from './history.ts';
import { ids } from './ids.ts';
import { largeJob } from './large-job.ts';
import { largeReport } from './large-report.ts';
import { largeReview } from './large-review.ts';
import { qrPictures } from './qr-pictures.ts';
import { rateLimit } from './rate-limit.ts';

/** All groups of measurements, in order. */
export const ALL_GROUPS: readonly RowGroup[] = [
  bulkHttp1,
  bulkHttp2,
  bulkCurl,
  bulkPage,
  rateLimit,
  largeJob,
  ids,
  qrPictures,
  coldStart,
  firstPaint,
  history,
  largeReview,
  largeReport,
  find,
];
