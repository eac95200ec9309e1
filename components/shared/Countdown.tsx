import { useEffect, useState } from 'preact/hooks';
import { t } from '../../utils/i18n/i18n.ts';
import { Announcer } from '../ui/Announcer.tsx';

/** The seconds until a delayed request is sent (`until`: epoch ms). */
export function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const text = t('waitingUntil', String(Math.max(0, Math.ceil((until - now) / 1000))));
  const [first] = useState(text);
  return (
    <div class="report warning">
      <p>{text}</p>
      <Announcer text={first} />
    </div>
  );
}
