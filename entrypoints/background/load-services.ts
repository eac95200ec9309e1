import { lazy } from '../../utils/lib/lazy.ts';
import type { ConnectedPages } from '../../utils/messaging/page-ports.ts';
import type { Services } from './services.ts';

/** Returns the services; creates them at the first call. Callers get them in the order of their calls. */
export type LoadServices = () => Promise<Services>;

/** Creates the loader of the services. Their modules are evaluated at its first call. */
export function createServiceLoader(presence: ConnectedPages): LoadServices {
  return lazy(() => import('./services.ts').then(({ createServices }) => createServices(presence)));
}
