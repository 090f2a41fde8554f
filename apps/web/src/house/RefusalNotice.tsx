import { Link } from '@tanstack/react-router';
import { ApiError, sentenceOf } from './client.ts';

/** Why something was not done, in words, beside the place where it was asked for. Nothing where there is no error. */
export function RefusalNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }) {
  if (error === null || error === undefined) return null;
  const api = error instanceof ApiError ? error : null;
  return (
    <div className="jy-refusal" role="alert">
      <p>{sentenceOf(error)}</p>
      {api?.kind === 'invalid' && api.fields.length > 0 && (
        <ul>
          {[...new Set(api.fields.map((f) => f.message))].map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      )}
      {api?.kind === 'bug' && api.requestId !== undefined && <p className="jy-small">编号：{api.requestId}</p>}
      {typeof api?.facts?.caseId === 'string' && (
        <Link to={'/cases/$id' as never} params={{ id: api.facts.caseId } as never} hash="consents">
          去个案里写明或登记同意
        </Link>
      )}
      {onRetry !== undefined && (
        <button type="button" className="jy-plain-button" onClick={onRetry}>
          重试
        </button>
      )}
    </div>
  );
}
