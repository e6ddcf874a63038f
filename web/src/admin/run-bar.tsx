import { Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Run } from './run.ts';
import { useRun } from './use-run.ts';

interface RunBarProps<Item> {
  readonly run: Run<Item>;
  /** What is being done. */
  readonly title: string;
}

/** How far a run is, with its pause and its going on. */
export function RunBar<Item>({ run, title }: RunBarProps<Item>) {
  const { t } = useTranslation('administration');
  const { done, failed, isRunning, isHeldUp } = useRun(run);
  const total = run.items.length;
  const percent = total === 0 ? 100 : ((done + failed) / total) * 100;
  const isOver = done + failed === total;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{title}</Text>
          <Group gap="xs">
            {isRunning && (
              <Button size="xs" variant="default" onClick={() => run.pause()}>
                {t('run.pause')}
              </Button>
            )}
            {!isRunning && !isOver && (
              <Button size="xs" onClick={() => void run.start()}>
                {t('run.resume')}
              </Button>
            )}
            {!isRunning && failed > 0 && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  run.retryFailed();
                  void run.start();
                }}
              >
                {t('run.retry')}
              </Button>
            )}
          </Group>
        </Group>
        <Progress value={percent} aria-label={title} />
        <Text size="sm" c="dimmed" role="status">
          {isHeldUp ? t('run.heldUp') : t('run.progress', { done: done + failed, total, failed })}
        </Text>
      </Stack>
    </Paper>
  );
}
