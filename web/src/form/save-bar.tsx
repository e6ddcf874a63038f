import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Failure } from '../app/failure.tsx';
import { useHostTexts } from '../preferences/texts.ts';
import type { SectionForm } from './section-form.ts';

/** At the foot of the window while something is not saved: says so, and offers both ways out. */
export function SaveBar({ form }: { readonly form: SectionForm<never> | SectionForm<object> }) {
  const { t } = useHostTexts('preferences');
  const { isDirty, isSaving, isOutdated, faultCount, failure } = form;
  const hasFaults = faultCount > 0;
  return (
    <div className="save-bar">
      {failure !== undefined && <Failure error={failure} />}
      <Paper className="save-card" data-open={isDirty} withBorder={isDirty} shadow={isDirty ? 'md' : 'none'}>
        <Stack gap={0} role="status" flex="1 1 14rem">
          {isDirty && (
            <Text
              size="sm"
              fw={500}
              c={hasFaults ? 'var(--mantine-color-error)' : 'var(--mantine-color-text)'}
            >
              {hasFaults ? t('form.faults', { count: faultCount }) : t('form.unsaved')}
            </Text>
          )}
          {isOutdated && <Text size="sm">{t('form.changedElsewhere')}</Text>}
        </Stack>
        {isDirty && (
          <Group gap="sm">
            <Button variant="default" onClick={form.discard} disabled={isSaving}>
              {t('form.discard')}
            </Button>
            <Button type="submit" loading={isSaving}>
              {t('form.save')}
            </Button>
          </Group>
        )}
      </Paper>
    </div>
  );
}
