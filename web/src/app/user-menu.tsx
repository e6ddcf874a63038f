import {
  ActionIcon,
  Button,
  type MantineColorScheme,
  NativeSelect,
  Paper,
  Stack,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { signOut } from '../api/sign-out.ts';
import { chooseLanguage } from '../language/language.ts';
import { type Language, languages } from '../language/preferred-language.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];
const panelId = 'user-menu';

/** Who is signed in, the language, the appearance, and the way out: a popover of the browser's own. */
export function UserMenu() {
  const { t } = useTranslation();
  const { displayName } = useSession();
  return (
    <>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={t('userMenu', { name: displayName })}
        popoverTarget={panelId}
      >
        <IconUserCircle aria-hidden />
      </ActionIcon>
      <Paper id={panelId} popover="auto" className="user-menu" withBorder shadow="md" p="md">
        <Panel />
      </Paper>
    </>
  );
}

function Panel() {
  const { t, i18n } = useTranslation();
  const { email } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="sm">
      <Text size="sm" className="breakable">
        {t('signedInAs', { email })}
      </Text>
      <NativeSelect
        label={t('language')}
        value={i18n.language}
        onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        label={t('appearance')}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        data={schemes.map((value) => ({ value, label: t(value) }))}
      />
      <Button
        variant="default"
        leftSection={<IconLogout aria-hidden size={18} />}
        onClick={() => void signOut()}
      >
        {t('signOut')}
      </Button>
    </Stack>
  );
}
