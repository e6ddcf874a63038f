import { List, PasswordInput, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useId } from 'react';
import { useHostTexts } from '../preferences/texts.ts';

interface PinFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly digits: number;
  /** The ids of the rules that the PIN breaks now. */
  readonly broken: readonly string[];
  readonly error: string | undefined;
  /** Whether the PIN is being changed: then its rules are told. */
  readonly isChanged: boolean;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

/** A PIN that can be revealed, with its rules ticked off while it is typed. */
export function PinField(props: PinFieldProps) {
  const { t } = useHostTexts('preferences');
  const rulesId = useId();
  return (
    <Stack gap="xs">
      <PasswordInput
        label={props.label}
        description={props.hint}
        value={props.value}
        error={props.error}
        aria-invalid={props.error !== undefined}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onBlur={props.onBlur}
        inputMode="numeric"
        autoComplete="off"
        maxLength={32}
        className="short"
        aria-details={rulesId}
        visibilityToggleButtonProps={{ 'aria-label': t('pin.show'), tabIndex: 0 }}
      />
      <div id={rulesId} aria-live="polite">
        {props.isChanged && <PinRules {...props} />}
      </div>
    </Stack>
  );
}

function PinRules({ digits, broken, value }: PinFieldProps) {
  const { t } = useHostTexts('preferences');
  const isBroken = (...names: string[]): boolean =>
    broken.some((rule) => names.includes(rule.split('.')[1]!));
  // Whether it is easy to guess is only judged when it is made of digits.
  const isJudged = value !== '' && !isBroken('host-pin', 'pin');
  const rules = [
    { text: t('pin.onlyDigits'), isMet: /^\d+$/.test(value) },
    { text: t('pin.digits', { count: digits }), isMet: isJudged && !isBroken('host-pin-length') },
    { text: t('pin.noRun'), isMet: isJudged && !isBroken('host-pin-sequence', 'pin-sequence') },
    { text: t('pin.noRepetition'), isMet: isJudged && !isBroken('host-pin-repetition', 'pin-repetition') },
  ];
  return (
    <>
      <Text size="sm">{t('pin.rules')}</Text>
      <List size="sm" spacing={2} center listStyleType="none" className="plain">
        {rules.map(({ text, isMet }) => (
          <List.Item
            key={text}
            icon={
              isMet ? (
                <IconCircleCheckFilled aria-hidden size={18} className="met" />
              ) : (
                <IconCircle aria-hidden size={18} />
              )
            }
          >
            <span aria-hidden>{text}</span>
            <VisuallyHidden>
              {isMet ? t('pin.met', { rule: text }) : t('pin.broken', { rule: text })}
            </VisuallyHidden>
          </List.Item>
        ))}
      </List>
    </>
  );
}
