import pg from 'pg';

/** The role that the platform's login is a member of: it owns nothing. */
export const APP_ROLE = 'jieyou_app';

/** Runs statements under the owner's role, on a connection of their own. */
export const runAsOwner = async (ownerUrl: string, statements: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
};
