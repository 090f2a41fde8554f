/** The look of the house as tokens of Ant Design; all text colours are AA on their ground. */
import type { ThemeConfig } from 'antd';

/** Colours by meaning. */
export const colours = {
  primary: '#0B6E6E',
  needsYou: '#B45309',
  danger: '#B42318',
  done: '#1B7A3D',
  ink: '#1F2328',
  secondary: '#57606A',
  ground: '#FAF9F6',
  surface: '#FFFFFF',
  line: '#E4E1DA',
} as const;

/** Fonts that are there; none is loaded. */
export const fontFamily = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

const desk: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorInfo: colours.primary,
    colorSuccess: colours.done,
    colorWarning: colours.needsYou,
    colorError: colours.danger,
    // Ant Design lightens what the mouse is over; on its pale ground the words would fall below 4.5 : 1.
    colorErrorHover: colours.danger,
    colorTextBase: colours.ink,
    colorText: colours.ink,
    colorTextSecondary: colours.secondary,
    colorTextTertiary: colours.secondary,
    colorTextDescription: colours.secondary,
    colorTextPlaceholder: '#6B7280',
    colorBgLayout: colours.ground,
    colorBorder: '#B9B4A9',
    colorBorderSecondary: colours.line,
    // Derived from dark colours these grounds would be too dark to read on.
    colorSuccessBg: '#EDF6EE',
    colorSuccessBorder: '#B5D9BC',
    colorInfoBg: '#ECF5F4',
    colorInfoBorder: '#B9D5D3',
    colorWarningBg: '#FDF5E9',
    colorWarningBorder: '#EBCFA3',
    colorErrorBg: '#FDF1F0',
    colorErrorBorder: '#EDC1BC',
    colorLinkHover: '#084F4F',
    borderRadius: 6,
    fontSize: 14,
    fontFamily,
    wireframe: false,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Table: {
      headerBg: '#F4F2ED',
      headerColor: colours.secondary,
      rowHoverBg: '#F6F8F7',
      cellPaddingBlock: 10,
      cellPaddingBlockMD: 9,
      cellPaddingBlockSM: 5,
      cellPaddingInline: 12,
      cellPaddingInlineMD: 12,
    },
    Layout: { bodyBg: colours.ground },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};

/**
 * Theme of the desk pages. On a phone text has 16 px and what is pressed 44 px, in one place for all controls. Nothing moves for those
 * whose system asks for less motion.
 */
export const themeOf = (narrow: boolean, still: boolean): ThemeConfig => ({
  ...desk,
  token: {
    ...desk.token,
    ...(narrow ? { fontSize: 16, controlHeight: 44, controlHeightSM: 36, controlHeightLG: 48 } : {}),
    ...(still ? { motion: false } : {}),
  },
});
