import type { FormDocument, FormField } from '@jieyou/core/forms/document.ts';
import { conditionWords } from '@jieyou/core/forms/words.ts';
import { formKindLabels, formSignerLabels, formSubjectLabels, formToneLabels } from '@jieyou/core/texts/formLabels.ts';
import { Card, Facts } from '../house/Page.tsx';
import '../house/reading.css';
import './forms.css';

const optionsIn = (field: FormField): string =>
  field.kind === 'item'
    ? field.options.map((o) => `${o.label} ${o.points}`).join('、') + (field.reverse === true ? '（反向计分）' : '')
    : 'options' in field
      ? field.options.map((o) => o.label).join('、')
      : field.kind === 'table'
        ? field.columns.map((c) => c.label).join('、')
        : '';

/** A version as it will be filled: every field with its kind, its conditions in words, its scales with their bands. */
export function TemplatePreview({ document }: { readonly document: FormDocument }) {
  return (
    <>
      <Card title="基本">
        <Facts
          rows={[
            ['代号', document.code],
            ['用在', formSubjectLabels[document.subject]],
            ['签署', formSignerLabels[document.signer]],
            ['移交时归入', document.keptAs === 'papers' ? '文书' : '记录'],
            ['依据', document.standard],
            ['填表说明', document.note || '没有'],
          ]}
        />
      </Card>
      {document.sections.map((section) => (
        <Card key={section.key} title={section.title}>
          {section.when === undefined ? null : <p className="rd-quiet">{conditionWords(document, section.when)}时才显示。</p>}
          <div className="fm-scroll">
            <table className="fm-table jy-cards">
              <thead>
                <tr>
                  <th scope="col">栏目</th>
                  <th scope="col">种类</th>
                  <th scope="col">选项、列或分值</th>
                  <th scope="col">条件</th>
                </tr>
              </thead>
              <tbody>
                {section.fields.map((field) => (
                  <tr key={field.key}>
                    <td data-label="栏目">
                      {field.label}
                      {field.required === true ? ' *' : ''}
                      {field.professional === true ? <span className="rd-quiet">（不给本人副本）</span> : null}
                    </td>
                    <td data-label="种类">{formKindLabels[field.kind]}</td>
                    <td data-label="选项">{optionsIn(field) || '—'}</td>
                    <td data-label="条件">
                      {field.when === undefined && field.requiredWhen === undefined ? '—' : null}
                      {field.when === undefined ? null : <div>{conditionWords(document, field.when)}时显示</div>}
                      {field.requiredWhen === undefined ? null : <div>{conditionWords(document, field.requiredWhen)}时必填</div>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ))}
      {(document.scales ?? []).map((scale) => (
        <Card key={scale.key} title={`计分：${scale.title}`}>
          <p>
            {scale.items.length} 项，缺答不超过 {scale.missingAtMost} 项可按已答推算，再多不计分。分数高说明
            {scale.more === 'worse' ? '更重' : '更好'}。
          </p>
          <ul className="rd-plain">
            {scale.bands.map((b) => (
              <li key={b.label}>
                {b.from === b.to ? b.from : `${b.from}—${b.to}`} 分　<strong>{b.label}</strong>（{formToneLabels[b.tone]}）　{b.says}
              </li>
            ))}
            <li>不计分或不在任何一段：{scale.refer}</li>
          </ul>
        </Card>
      ))}
      {(document.alerts ?? []).length === 0 ? null : (
        <Card title="填写时的提示">
          <ul className="rd-plain">
            {document.alerts?.map((a) => (
              <li key={a.says}>
                {conditionWords(document, a.when)}：<strong>{a.says}</strong>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
