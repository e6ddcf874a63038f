import { Alert, Button, Group as Row, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../../api/paths.ts';
import { RequestFailed, request } from '../../api/request.ts';
import { announce } from '../../app/announcer.tsx';
import { Failure } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { LeaveGuard } from '../../form/leave-guard.tsx';
import { fieldsOf, type Group, patchOf, type Value } from './fields.ts';
import { SiteGroup } from './site-group.tsx';

const path = '/v1/admin/meeting/config/commonSettings';

/** The settings that hold for everybody on a site. */
export function SitePage({ siteUrl }: { readonly siteUrl: string }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [changes, setChanges] = useState<ReadonlyMap<string, Value>>(new Map());
  const key = ['site-settings', siteUrl];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<Group>(withQuery(path, { siteUrl }), { signal }),
    // What is being changed is not replaced under one's hands.
    refetchOnWindowFocus: changes.size === 0,
  });
  const save = useMutation({
    mutationFn: () =>
      request<Group>(withQuery(path, { siteUrl }), {
        method: 'PATCH',
        body: patchOf(changes),
        ifMatch: data?.etag,
      }),
    onSuccess: async (answer) => {
      queries.setQueryData(key, answer);
      setChanges(new Map());
      announce(t('site.saved'));
      await queries.invalidateQueries({ queryKey: ['preferences'] });
    },
    // Nothing is said before the newer settings are there to be seen.
    onError: async (failure) => {
      if (isOutdated(failure)) await refetch();
    },
  });
  const change = (name: string, value: Value, stored: Value): void => {
    const next = new Map(changes);
    if (JSON.stringify(value) === JSON.stringify(stored)) next.delete(name);
    else next.set(name, value);
    setChanges(next);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changes.size > 0 && !save.isPending) save.mutate();
  };
  const failure = save.error;
  const faults = failure instanceof RequestFailed && failure.status === 400 ? failure.faults : [];
  const groups = Map.groupBy(data === undefined ? [] : fieldsOf(data.value), (field) => field.path[0]!);
  return (
    <Page title={t('site.title')} intro={t('site.intro', { site: siteUrl })}>
      {error !== null && <Failure error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton height={420} radius="lg" />}
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          {[...groups].map(([name, fields]) => (
            <SiteGroup
              key={name}
              name={name}
              fields={fields}
              changes={changes}
              faults={faults}
              onChange={change}
            />
          ))}
          {failure !== null && isOutdated(failure) && (
            <Alert color="anteroom" role="alert" title={t('site.outdated')}>
              {t('site.outdatedHint')}
            </Alert>
          )}
          {failure !== null && !isOutdated(failure) && <Failure error={failure} />}
          {data !== undefined && (
            <Row>
              <Button type="submit" disabled={changes.size === 0} loading={save.isPending}>
                {t('site.save', { count: changes.size })}
              </Button>
              {changes.size > 0 && (
                <Button variant="default" onClick={() => setChanges(new Map())}>
                  {t('site.discard')}
                </Button>
              )}
            </Row>
          )}
        </Stack>
      </form>
      <LeaveGuard isActive={changes.size > 0} />
    </Page>
  );
}

/** Whether somebody else changed the settings since they were read. */
function isOutdated(error: Error): boolean {
  return error instanceof RequestFailed && error.status === 412;
}
