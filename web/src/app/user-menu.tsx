import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { signOut } from '../api/sign-out.ts';
import { chooseLanguage, type Language, languages } from '../language/language.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];

/** Who is signed in, the language, the appearance, and the way out. */
export function UserMenu() {
  const { t, i18n } = useTranslation();
  const { displayName, email } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={250} withinPortal={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" aria-label={t('userMenu', { name: displayName })}>
          <IconUserCircle aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('signedInAs', { email })}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        {Object.entries(languages).map(([code, name]) => (
          <Choice
            key={code}
            label={name}
            language={code}
            isChosen={i18n.language === code}
            choose={() => void chooseLanguage(code as Language)}
          />
        ))}
        <Menu.Divider />
        <Menu.Label>{t('appearance')}</Menu.Label>
        {schemes.map((scheme) => (
          <Choice
            key={scheme}
            label={t(scheme)}
            isChosen={colorScheme === scheme}
            choose={() => setColorScheme(scheme)}
          />
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout aria-hidden size={18} />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly language?: string;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

function Choice({ label, language, isChosen, choose }: ChoiceProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={isChosen}
      lang={language}
      onClick={choose}
      rightSection={isChosen ? <IconCheck aria-hidden size={18} /> : undefined}
    >
      {label}
    </Menu.Item>
  );
}
