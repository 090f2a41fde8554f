import { Modal } from 'antd';

const KEYS: readonly (readonly [string, string])[] = [
  ['j / k', '清单中下一条、上一条'],
  ['Enter', '打开选中的一条'],
  ['/', '到查询条件；没有的页面到查找'],
  ['Ctrl + K', '到查找'],
  ['Esc', '关闭弹窗'],
  ['Tab', '到下一个按钮或输入框'],
  ['?', '看这张表'],
];

/** What keys do; opened by `?`. */
export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal open onCancel={onClose} title="键盘操作" footer={null} width={420}>
      <dl className="jy-keys">
        {KEYS.map(([key, says]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
