import type { Ref } from 'preact';
import type { AccountNamed } from '../../utils/wording/gateway.ts';
import { EnvironmentBadge } from '../ui/Badge.tsx';

interface AccountHeadingProps {
  title: string;
  account: AccountNamed;
  id?: string;
  headingRef?: Ref<HTMLHeadingElement>;
}

/** A heading that says which account all below it is about. */
export function AccountHeading({ title, account, id, headingRef }: AccountHeadingProps) {
  return (
    <h2 ref={headingRef ?? null} id={id} tabIndex={-1} class="account-heading">
      <span>{title}</span> <bdi class="of-account">{account.name}</bdi>{' '}
      <EnvironmentBadge environment={account.environment} />
    </h2>
  );
}
