/** What a complete ID number says of birth and sex; null while it is being typed. */
export const birthAndGender = (idNumber: string): { birthOn: string; gender: 'female' | 'male' } | null => {
  const found = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dXx]$/.exec(idNumber.trim());
  if (found === null) return null;
  const birthOn = `${found[1]}-${found[2]}-${found[3]}`;
  return Number.isNaN(Date.parse(birthOn)) ? null : { birthOn, gender: Number(found[4]) % 2 === 0 ? 'female' : 'male' };
};
