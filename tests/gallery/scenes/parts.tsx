import { SetupPrompt } from '../../../components/popup/SetupPrompt.tsx';
import { AccountBar } from '../../../components/shared/AccountBar.tsx';
import { Countdown } from '../../../components/shared/Countdown.tsx';
import { LoadError } from '../../../components/shared/LoadError.tsx';
import { QrCodeDetails } from '../../../components/shared/QrCodeDetails.tsx';
import { ResultMessage } from '../../../components/shared/ResultMessage.tsx';
import { Badge, EnvironmentBadge, StatusBadge } from '../../../components/ui/Badge.tsx';
import { Button } from '../../../components/ui/Button.tsx';
import { Checkbox } from '../../../components/ui/Checkbox.tsx';
import { DescriptionItem } from '../../../components/ui/DescriptionItem.tsx';
import { Field } from '../../../components/ui/Field.tsx';
import { Icon } from '../../../components/ui/Icon.tsx';
import { LiveEnvironmentWarning } from '../../../components/ui/LiveEnvironmentWarning.tsx';
import { ProgressBar } from '../../../components/ui/ProgressBar.tsx';
import { RadioGroup } from '../../../components/ui/RadioGroup.tsx';
import { type Column, VirtualTable } from '../../../components/ui/VirtualTable.tsx';
import type { Report } from '../../../utils/wording/report.ts';
import { PAGE_WIDTH, type Scenes } from '../scene.ts';
import { CODE, ID, LIVE, LONG_ACCOUNT, LONG_CODE, LONG_NAME, pageOf, UAT, UNBROKEN } from './examples.ts';

const nothing = () => undefined;
const KINDS = [undefined, 'primary', 'danger', 'danger-fill', 'plain'] as const;
const TONES = ['active', 'cancelled', 'success', 'neutral', 'warning', 'danger'] as const;
const ICONS = ['lock', 'bulk', 'search', 'history', 'settings', 'live'] as const;

const report = (tone: Report['tone'], change: Partial<Report> = {}): Report => ({
  tone,
  title: `It ended with ${tone}`,
  sentences: ['EnKash said: “Approval pending” (code 512).', 'The QR code was still active after that.'],
  ...change,
});

const columns: Column<number>[] = [
  { title: 'No.', width: 4, cell: (row) => row, sorted: 'descending', onSort: nothing },
  { title: 'QR code ID', width: 11, cell: (row) => <span class="code">QR26LONG{100_000 + row}</span> },
  {
    title: 'Name',
    width: 16,
    cell: (row) => (row % 3 === 1 ? LONG_NAME : UNBROKEN),
    sorted: 'none',
    onSort: nothing,
  },
  {
    title: 'Status',
    width: 12,
    grows: true,
    cell: (row) => <StatusBadge status={row % 2 ? 'ACTIVE' : 'CANCELLED'} />,
  },
];
const rowsOf = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const input = (change: object) => (attributes: object) => <input {...attributes} {...change} />;

/** The small components, and simple combinations of them. */
export const PARTS: Scenes = {
  buttons: {
    draw: () => (
      <div class="stack">
        {KINDS.map((kind) => (
          <div class="row" key={kind}>
            <Button {...(kind && { kind })}>Check status</Button>
            <Button {...(kind && { kind })} busy>
              Checking…
            </Button>
            <Button {...(kind && { kind })} disabled>
              Not now
            </Button>
          </div>
        ))}
        <Button kind="danger">Remove {LONG_NAME}</Button>
      </div>
    ),
  },
  badges: {
    draw: () => (
      <div class="stack">
        <div class="row">
          <EnvironmentBadge environment="UAT" />
          <EnvironmentBadge environment="LIVE" />
        </div>
        <div class="row">
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </div>
        <div class="row">
          {['ACTIVE', 'CANCELLED', 'ON_HOLD', undefined, UNBROKEN].map((status) => (
            <StatusBadge key={status} status={status} />
          ))}
        </div>
      </div>
    ),
  },
  icons: {
    draw: () => (
      <div class="row">
        {ICONS.map((name) => (
          <span class="row" key={name}>
            <Icon name={name} /> {name}
          </span>
        ))}
      </div>
    ),
  },
  fields: {
    draw: () => (
      <div class="stack">
        <Field label="Account name" hint="Any name you like." control={input({ value: 'Main counter' })} />
        <Field label="Access key" error="Enter the access key." control={input({})} />
        <Field
          label={LONG_NAME}
          error={`This is no name: ${UNBROKEN}`}
          control={input({ value: LONG_NAME })}
        />
        <Field label="Secret key" control={input({ type: 'password', value: 'not a key' })} />
        <Field label="Disabled" control={input({ disabled: true, value: 'Cannot be typed into' })} />
        <Field
          label="QR code IDs"
          hint="One a line."
          control={(attributes) => <textarea {...attributes} rows={3} value={`${ID}\n${UNBROKEN}`} />}
        />
        <Field
          label="Show"
          control={(attributes) => (
            <select {...attributes}>
              <option>All (90)</option>
            </select>
          )}
        />
      </div>
    ),
  },
  choices: {
    draw: () => (
      <div class="stack">
        <RadioGroup
          legend="Environment"
          value="UAT"
          options={[
            { value: 'UAT', label: 'UAT (test)' },
            { value: 'LIVE', label: 'LIVE (production)', disabled: true },
          ]}
          error="Your administrator does not allow this environment."
          onChange={nothing}
        />
        <Checkbox label="Ask before cancelling" checked onChange={nothing} />
        <Checkbox label={LONG_NAME} checked={false} onChange={nothing} />
        <Checkbox label="Set by your administrator" checked disabled onChange={nothing} />
      </div>
    ),
  },
  progress: {
    draw: () => (
      <div class="stack">
        {[0, 33, 100].map((value) => (
          <ProgressBar key={value} label={`Reading, ${value}`} value={value} max={100} />
        ))}
      </div>
    ),
  },
  reports: {
    draw: () => (
      <div class="stack">
        {(['success', 'neutral', 'warning', 'danger'] as const).map((tone) => (
          <ResultMessage key={tone} report={report(tone)} />
        ))}
        <ResultMessage
          report={report('warning', {
            offerCheck: true,
            offerSettings: true,
            sentences: [LONG_NAME, UNBROKEN],
          })}
          qrCodeId={ID}
          onCheckAgain={nothing}
          onOpenSettings={nothing}
        />
        <p class="report warning">A note of one sentence.</p>
        <Countdown until={Date.now() + 6_000} />
        <LoadError onRetry={nothing} />
        <LiveEnvironmentWarning text="This is your LIVE account. What you cancel stops taking real payments." />
      </div>
    ),
  },
  facts: {
    draw: () => (
      <dl class="facts">
        <DescriptionItem label="ID">
          <span class="code">{ID}</span>
        </DescriptionItem>
        <DescriptionItem label="Name">{LONG_NAME}</DescriptionItem>
        <DescriptionItem label={UNBROKEN}>{UNBROKEN}</DescriptionItem>
      </dl>
    ),
  },
  'table-of-3': {
    width: PAGE_WIDTH,
    draw: () => <VirtualTable label="Codes" rows={rowsOf(3)} columns={columns} />,
  },
  'table-of-10000': {
    width: PAGE_WIDTH,
    draw: () => <VirtualTable label="Codes" rows={rowsOf(10_000)} columns={columns} />,
  },
  'table-selected': {
    width: PAGE_WIDTH,
    draw: () => (
      <VirtualTable
        label="Codes"
        rows={rowsOf(6)}
        columns={columns}
        grid={{ cursor: 2, isSelected: (row) => row % 2 === 0, onClick: nothing, onKeyDown: nothing }}
      />
    ),
  },
  'account-bars': {
    draw: () => (
      <>
        {[[], [UAT], [LIVE], [LIVE, UAT], [LONG_ACCOUNT]].map((accounts, index) => (
          <AccountBar
            key={index}
            page={pageOf(accounts, { vault: { status: 'open', protection: 'passphrase' } })}
            account={accounts[0]}
            onUse={nothing}
            onLock={nothing}
          />
        ))}
      </>
    ),
  },
  'qr-code-details': {
    draw: () => (
      <div class="stack">
        <QrCodeDetails qrCodeId={ID} qrCode={CODE} />
        <QrCodeDetails qrCodeId={ID} qrCode={{ ...CODE, status: 'CANCELLED' }} />
        <QrCodeDetails qrCodeId={ID} qrCode={{ status: 'ACTIVE' }} />
        <QrCodeDetails qrCodeId={ID} qrCode={LONG_CODE} />
      </div>
    ),
  },
  'set-up-notice': {
    draw: () => <SetupPrompt title="Add your EnKash account" text={LONG_NAME} onOpen={nothing} />,
  },
};
