import { listArchives, startArchive } from '@jieyou/core/archive/endpoints.ts';
import { Archives } from './Archives.tsx';

/** Archives of a request. */
export default function ArchivePage() {
  return (
    <Archives
      of={{
        list: listArchives,
        start: startArchive,
        title: '求助档案',
        what: '档案',
        says: '把这份求助的全部材料按顺序合成一份 PDF：目录、页码、水印、附件。取档会留下记录。',
        after: '结束后',
        back: '求助',
        under: '/requests',
      }}
    />
  );
}
