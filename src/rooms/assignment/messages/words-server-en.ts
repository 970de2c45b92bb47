/** Edits that the server makes in a draft when what it stands on changes. */
export const serverNotesEn = {
  followed: 'Taken from the assignment in force, {households} households',
  landChanged: 'Households came to another community; {households} to be given anew',
  memberErased: 'A member was erased on request; {households} households to be given anew',
  careSet: 'A carer was named outside the draft',
}
