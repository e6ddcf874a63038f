import {
  IconBuilding,
  IconCalendarTime,
  IconDeviceTv,
  IconDoor,
  IconHistory,
  IconMicrophone,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useHostTexts } from './texts.ts';

const icon = { 'aria-hidden': true, size: 20 } as const;

/** The pages of somebody's preferences, in the order of the navigation. */
export function usePreferencesLinks(): { to: string; label: string; icon: ReactNode }[] {
  const { t } = useHostTexts('preferences');
  return [
    { to: '/preferences/personal-room', label: t('room.title'), icon: <IconDoor {...icon} /> },
    { to: '/preferences/audio', label: t('audio.title'), icon: <IconMicrophone {...icon} /> },
    { to: '/preferences/video', label: t('video.title'), icon: <IconDeviceTv {...icon} /> },
    { to: '/preferences/scheduling', label: t('scheduling.title'), icon: <IconCalendarTime {...icon} /> },
    { to: '/preferences/sites', label: t('sites.title'), icon: <IconBuilding {...icon} /> },
    { to: '/preferences/history', label: t('history.title'), icon: <IconHistory {...icon} /> },
  ];
}
