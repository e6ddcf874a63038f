import { useTranslation } from 'react-i18next';
import { Page } from '../../app/page.tsx';
import { useKept } from '../kept.ts';
import { ChangeResults } from './change-results.tsx';
import { keptChange } from './job.ts';
import { OrderForm } from './order-form.tsx';

interface ChangePageProps {
  readonly siteUrl: string;
  /** The addresses of those who were chosen from the list. */
  readonly selected: ReadonlySet<string>;
}

/** Changes one setting for many people: who and what, then a preview, then the change with a result for each. */
export function ChangePage({ siteUrl, selected }: ChangePageProps) {
  const { t } = useTranslation('administration');
  const job = useKept(keptChange);
  return (
    <Page title={t('change.title')} intro={t('change.intro', { site: job?.order.siteUrl ?? siteUrl })}>
      {job === undefined ? <OrderForm siteUrl={siteUrl} selected={selected} /> : <ChangeResults job={job} />}
    </Page>
  );
}
