declare module 'qrcode' {
  const code: {
    toString(
      text: string,
      options: { readonly type: 'svg'; readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H'; readonly margin: number },
    ): Promise<string>;
  };
  export default code;
}
