import { personIdOf } from '../../directory/person-id.ts';

/** An administrator changed something for John. */
export const historyExample = {
  items: [
    {
      id: 'audio-2-hTq0pYw3nVbE',
      changed: '2026-01-31T12:00:00.000Z',
      section: 'audio',
      siteUrl: 'site4-example.webex.com',
      userEmail: 'john.andersen@example.com',
      changedBy: {
        email: 'admin@example.com',
        personId: personIdOf('8c1a4e27-3a05-4f0e-9d2f-6f5f3f0e7a10'),
        onBehalf: true,
      },
      trackingId: 'ROUTERGW_0b9d3c9e-6b55-4a39-8f0e-2f3d6f0f6f11',
      tokenId: '5f0f9a0e-0a53-4f53-8a1c-6f7f5c2b1e10',
      before: { enabledTollFree: false, audioPin: '****' },
      after: { enabledTollFree: true, audioPin: '****' },
    },
  ],
  cursor: 'WyIyMDI2LTAxLTMxVDEyOjAwOjAwLjAwMFoiXQ',
};
