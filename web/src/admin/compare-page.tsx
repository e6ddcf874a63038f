import { Alert, Anchor, Button, Group, Paper, Skeleton, Switch, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Subject } from '../api/paths.ts';
import { withQuery } from '../api/paths.ts';
import { request } from '../api/request.ts';
import { Failure } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { useSubject } from '../app/subject.ts';
import { useFieldTexts } from '../preferences/field-texts.ts';

type Fields = Readonly<Record<string, unknown>>;
type Documents = Readonly<Record<string, Fields>>;

interface Both {
  readonly current: Documents;
  readonly defaults: Documents;
}

/** What somebody has on a site beside what they would have if they had never changed anything. */
export function ComparePage() {
  const { t } = useTranslation('administration');
  const subject = useSubject();
  const [isAll, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['preferences', subject.userEmail ?? '', subject.siteUrl ?? '', 'comparison'],
    queryFn: ({ signal }) => readBoth(subject, signal),
  });
  const sections = data === undefined ? [] : Object.entries(data.defaults);
  const shown = sections.map(([section, defaults]) => ({
    section,
    rows: Object.entries(defaults)
      .map(([name, initial]) => ({ name, initial, value: data!.current[section]![name] }))
      .filter(({ initial, value }) => isAll || JSON.stringify(initial) !== JSON.stringify(value)),
  }));
  const search = withQuery('', { ...subject });
  return (
    <Page
      title={t('compare.title')}
      intro={t('compare.intro', { email: subject.userEmail ?? '', site: subject.siteUrl ?? '' })}
    >
      <Group justify="space-between">
        <Switch
          label={t('compare.all')}
          checked={isAll}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        <Group gap="xs">
          <Button component={Link} to={`/preferences/personal-room${search}`} variant="default" size="xs">
            {t('compare.open')}
          </Button>
          <Anchor
            component={Link}
            size="sm"
            to={`/admin/users${withQuery('', { siteUrl: subject.siteUrl })}`}
          >
            {t('compare.back')}
          </Anchor>
        </Group>
      </Group>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={320} radius="lg" />}
      {data !== undefined && shown.every(({ rows }) => rows.length === 0) && (
        <Alert color="anteroom">{t('compare.same')}</Alert>
      )}
      {shown
        .filter(({ rows }) => rows.length > 0)
        .map(({ section, rows }) => (
          <Comparison key={section} section={section} rows={rows} />
        ))}
    </Page>
  );
}

interface ComparisonProps {
  readonly section: string;
  readonly rows: readonly { readonly name: string; readonly initial: unknown; readonly value: unknown }[];
}

function Comparison({ section, rows }: ComparisonProps) {
  const { t } = useTranslation(['administration', 'preferences']);
  const { labelOf, textOf } = useFieldTexts();
  const title = (t as (key: string) => string)(`preferences:history.sections.${section}`);
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <table className="values">
        <thead>
          <tr>
            <th scope="col">{t('compare.field')}</th>
            <th scope="col">{t('compare.value')}</th>
            <th scope="col">{t('compare.default')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, initial, value }) => (
            <tr key={name}>
              <th scope="row">{labelOf(name)}</th>
              <td>
                <Text span inherit fw={JSON.stringify(initial) === JSON.stringify(value) ? 400 : 650}>
                  {textOf(name, value)}
                </Text>
              </td>
              <td>{textOf(name, initial)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

async function readBoth(subject: Subject, signal: AbortSignal): Promise<Both> {
  const [current, defaults] = await Promise.all(
    ['/v1/meetingPreferences', '/v1/meetingPreferences/defaults'].map(
      async (path) => (await request<Documents>(withQuery(path, { ...subject }), { signal })).value,
    ),
  );
  return { current: current!, defaults: defaults! };
}
