// What the reader expected and found, in Japanese. A sentence that is not here stays as the reader wrote it.

type Sentence = [pattern: RegExp, japanese: string];

const SENTENCES: Sentence[] = [
  [/^one digit$/u, "数字1けた"],
  [/^exactly (\d+) digits$/u, "数字 $1 けた"],
  [/^1 to (\d+) digits$/u, "数字 $1 けたまで"],
  [/^a number with at most two decimals, at most (\d+) characters$/u, "小数2けたまでの数（$1 文字まで）"],
  [/^a number with at most two decimals$/u, "小数2けたまでの数"],
  [/^a whole number$/u, "整数"],
  [/^a day as YYYYMMDD$/u, "日付（YYYYMMDD）"],
  [/^a day of the calendar$/u, "暦にある日付"],
  [/^at most (\d+) (?:ASCII )?characters$/u, "$1 文字まで"],
  [/^one of `(.*)`$/u, "「$1」のどれか"],
  [/^text in (.*)$/u, "$1 の文字"],
  [/^text without control characters$/u, "制御文字のない文字"],
  [/^one digit or capital letter$/u, "数字か英大文字1字"],
  [/^one row for (\S+) from (\S+), as on line (\d+)$/u, "$1 の $2 からの行は一つ（$3 行目にある）"],
  [/^a second one$/u, "二つ目の行"],
  [/^a line that ends inside quotes$/u, "引用符の途中で終わる行"],
  [/^a line that ends after a comma$/u, "コンマで終わる行"],
  [/^more than 256 columns$/u, "256 より多い欄"],
  [/^(\d+) columns$/u, "$1 欄"],
  [/^(\d+) columns, マスター種別 (.*)$/u, "$1 欄、マスター種別「$2」"],
  [
    /^(.*) \((\d+) columns, マスター種別 (.*)\), as the file name says$/u,
    "ファイル名のとおり $1（$2 欄、マスター種別 $3）",
  ],
  [/^(.*), as the file name says$/u, "ファイル名のとおり $1"],
  [/^a last day not before the first, (.*)$/u, "初日 $1 より前でない最終日"],
  [
    /^a file named and laid out as published, such as (\S+) or (\S+)$/u,
    "公表されたままの名前と内容のファイル（$1、$2 など）",
  ],
  [/^a file name that says which table it is.*$/u, "どの表か分かる、公表されたままのファイル名"],
  [/^a workbook or a document laid out as published$/u, "公表されたままのワークブック"],
  [/^the day of the edition in the file name, as YYYYMMDD$/u, "ファイル名にある版の日付（YYYYMMDD）"],
  [/^no line at all$/u, "空のファイル"],
  [/^a file of at most 512 MiB$/u, "512 MB までのファイル"],
  [/^a larger one$/u, "それより大きい"],
  [/^a file that can be read$/u, "読めるファイル"],
  [/^a ZIP archive that can be unpacked$/u, "展開できる ZIP"],
  [/^more than (\d+) bytes when unpacked$/u, "展開すると $1 バイトを超える（異常な圧縮率）"],
  [/^an archive in an archive at most$/u, "ZIP の中の ZIP まで"],
  [/^an archive three deep$/u, "三重の ZIP"],
  [/^invalid Zip archive.*$/u, "壊れた ZIP（ダウンロードが途中で終わっていませんか）"],
];

/** The sentence in Japanese, or as it is. */
export function inJapanese(sentence: string): { text: string; lang: string } {
  for (const [pattern, japanese] of SENTENCES) {
    if (pattern.test(sentence)) return { text: sentence.replace(pattern, japanese), lang: "ja" };
  }
  return { text: sentence, lang: /[ぁ-んァ-ヶ一-龠]/u.test(sentence) ? "ja" : "en" };
}
