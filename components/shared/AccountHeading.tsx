import type { Ref } from 'preact';
import type { AccountRef } from '../../utils/model/account.ts';
import { EnvironmentBadge } from '../ui/Badge.tsx';

interface AccountHeadingProps {
  title: string;
  account: AccountRef;
  /** `h1` if no heading is above it, as on a printout. */
  level?: 'h1' | 'h2';
  id?: string;
  headingRef?: Ref<HTMLHeadingElement>;
}

/** A heading that names the account of the section. */
export function AccountHeading({
  title,
  account,
  level: Heading = 'h2',
  id,
  headingRef,
}: AccountHeadingProps) {
  return (
    <Heading ref={headingRef ?? null} id={id} tabIndex={-1} class="account-heading">
      <span>{title}</span> <bdi class="of-account">{account.name}</bdi>{' '}
      <EnvironmentBadge environment={account.environment} />
    </Heading>
  );
}
