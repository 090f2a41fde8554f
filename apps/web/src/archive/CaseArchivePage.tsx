import { listCaseArchives, startCaseArchive } from '@jieyou/core/archive/endpoints.ts';
import { Archives } from './Archives.tsx';

/** The whole file of a case as one PDF. */
export default function CaseArchivePage() {
  return (
    <Archives
      of={{
        list: listCaseArchives,
        start: startCaseArchive,
        title: '个案卷宗',
        what: '卷宗',
        says: '把这个个案您能看到的材料按接案、预估、计划、介入、评估、结案的顺序合成一份 PDF。移交时没有开放的不在内；取档会留下记录。',
        after: '结案后',
        back: '个案',
        under: '/cases',
      }}
    />
  );
}
