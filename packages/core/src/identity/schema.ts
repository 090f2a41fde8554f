import { z } from 'zod';
import { AnyMoment, Id, line } from '../shared/words.ts';

/** Roles of the main job (REQUIREMENTS 1.20). */
export const Role = z.enum([
  'worker',
  'head',
  'centre',
  'expert',
  'supervisor',
  'agency',
  'officer',
  'street',
  'civil-affairs',
  'system',
  'security',
  'audit',
]);
export type Role = z.infer<typeof Role>;

/** The three administrators (三员): mutually exclusive, and none of them reads client content. */
export const ADMINISTRATORS = ['system', 'security', 'audit'] as const satisfies readonly Role[];

/** Roles that must carry a second factor. */
export const SECOND_FACTOR_ROLES = ['centre', 'officer', 'system', 'security', 'audit'] as const satisfies readonly Role[];

/** A role that a person holds now, with its scope; `deputyFor` names the absent person whose role it is. */
export const Assignment = z.object({
  role: Role,
  districtId: Id,
  stationId: Id.nullable(),
  organisationId: Id.nullable(),
  divisionPath: z.string().nullable(),
  personId: Id,
  deputyFor: Id.nullable(),
});
export type Assignment = z.infer<typeof Assignment>;

/** Who asks. `selves` holds the person and everybody whose work the person does as a deputy today. */
export type Actor = {
  readonly accountId: string;
  readonly personId: string;
  readonly name: string;
  readonly districtId: string;
  readonly organisationId: string | null;
  readonly stationId: string | null;
  readonly expertId: string | null;
  readonly roles: readonly Role[];
  readonly assignments: readonly Assignment[];
  readonly selves: readonly string[];
  readonly sessionId: string;
  readonly stage: SessionStage;
};

/** What a session may do yet: everything, or only finish its set-up. */
export const SessionStage = z.enum(['full', 'change-password', 'enrol-second-factor']);
export type SessionStage = z.infer<typeof SessionStage>;

export const SignInBody = z.object({
  username: line(64),
  password: z.string().min(1).max(200),
  code: z.string().max(12).optional(),
});

export const SessionReply = z.object({
  csrfToken: z.string(),
  stage: SessionStage,
  account: z.object({
    id: Id,
    username: z.string(),
    name: z.string(),
    personId: Id,
    roles: z.array(Role),
    districtId: Id,
    districtName: z.string(),
    authorityName: z.string(),
    centreName: z.string(),
    stationName: z.string().nullable(),
    organisationName: z.string().nullable(),
    deputyFor: z.array(z.string()),
    secondFactor: z.boolean(),
    unreadNotices: z.int(),
  }),
});
export type SessionReply = z.infer<typeof SessionReply>;

export const OwnSession = z.object({
  id: Id,
  current: z.boolean(),
  createdAt: AnyMoment,
  lastSeenAt: AnyMoment,
  ip: z.string(),
  device: z.string(),
});

/** Fewest characters of a password. */
export const PASSWORD_LEAST = 10;

/** A new password: length counts, not tricks (ASVS 6.2.1, 6.2.5). */
export const NewPassword = z
  .string()
  .min(PASSWORD_LEAST, { error: `新密码至少 ${PASSWORD_LEAST} 个字` })
  .max(128, { error: '新密码最多 128 个字' });
