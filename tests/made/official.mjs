// Small files in the official layouts, made up for the tests of the package and of the page: no official row is in them.
import { deflateRawSync } from "node:zlib";

/** Every character of CP932 and its bytes: the decoder, asked about all of them. */
const CP932 = new Map();
for (let first = 0x81; first <= 0xfc; first += 1) {
  if (first > 0x9f && first < 0xe0) continue;
  for (let second = 0x40; second <= 0xfc; second += 1) {
    const char = new TextDecoder("shift_jis").decode(Uint8Array.of(first, second));
    if (char.length === 1 && char !== "\ufffd" && !CP932.has(char)) CP932.set(char, [first, second]);
  }
}

/** A text as the publishers write it. */
export function cp932(text) {
  return Buffer.from(
    [...text].flatMap((char) => {
      const code = char.codePointAt(0);
      if (code < 0x80) return [code];
      if (code >= 0xff61 && code <= 0xff9f) return [code - 0xff61 + 0xa1];
      const bytes = CP932.get(char);
      if (!bytes) throw new Error(`${char} is not in CP932`);
      return bytes;
    }),
  );
}

const quoted = (cells) => `${cells.map((cell) => `"${cell}"`).join(",")}\r\n`;

/** A row of 医科診療行為マスター (150 columns). */
export function procedure({ code, name, points = "100.00", from = "20260601" }) {
  const cells = new Array(150).fill("0");
  const put = (first, ...values) => cells.splice(first - 1, values.length, ...values);
  put(1, "0", "S", code, "2", name, "2", "ｶﾅ");
  put(10, "");
  put(11, "3", points, "0", "0", "800");
  put(17, "");
  put(24, "");
  put(26, "");
  put(34, "0.00");
  put(41, "00", "00");
  put(57, "3", points);
  put(65, "");
  // A basic item of its own, J999: what the fee schedule has no number for asks for a review.
  put(68, "1", "1");
  put(85, "J", "J", from, "99999999");
  put(91, "00", "999", "00", "000", "0", "00", "000", "00", "00");
  for (const column of [100, 101, 103, 104, 106, 107, 109, 110]) put(column, "00");
  put(113, name);
  put(131, "000");
  for (let column = 134; column <= 150; column += 1) put(column, "");
  return quoted(cells);
}

/** A row of 修飾語マスター (19 columns). */
export function modifier(code, name, changed = "20240601") {
  const cells = ["0", "Z", code, "", "", "2", name, "", "2", "ｶﾅ", "", "0", "0", "20020601", changed, "99999999"];
  return quoted([...cells, "27000476", "1290", "A1000000"]);
}

/** CRC-32 as ZIP has it; Node's own is younger than the oldest Node that is tested. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A ZIP archive of these files. */
export function zip(files) {
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const [path, bytes] = [Buffer.from(name), Buffer.from(content)];
    const packed = deflateRawSync(bytes);
    // Version 2.0, names in UTF-8, deflate; no time, no extra fields.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const body = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, rest, path]));
    bodies.push(body);
    offset += body.length;
  }
  const end = Buffer.alloc(18);
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  end.writeUInt16LE(bodies.length, 4);
  end.writeUInt16LE(bodies.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...directory, Buffer.from("PK\x05\x06"), end]);
}

const XML = '<?xml version="1.0"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A cell: a formula where its text is `=formula|saved value`. */
function cell(text, place) {
  const formula = /^=(.*)\|(.*)$/u.exec(text);
  if (formula) return `<c r="${place}"><f>${formula[1]}</f><v>${formula[2]}</v></c>`;
  return `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
}

/** A workbook of one sheet. */
export function workbook(rows) {
  const row = (cells, index) =>
    `<row r="${index + 1}">${cells.map((text, column) => cell(text, String.fromCharCode(65 + column) + (index + 1))).join("")}</row>`;
  const relation = (type, target) =>
    `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/${type}" Target="${target}"/></Relationships>`;
  return zip({
    "[Content_Types].xml": `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows.map(row).join("")}</sheetData></worksheet>`,
  });
}

/** 一般名処方マスタ, with a price that is a formula. */
export function genericNames() {
  return workbook([
    ["一般名処方マスタ", "令和8年6月1日適用"],
    [],
    [
      "区分",
      "一般名コード",
      "一般名処方の標準的な記載",
      "成分名",
      "規格",
      "一般名処方 加算対象",
      "例外コード",
      "最低薬価",
      "備考",
    ],
    ["内用薬", "1124001F2ZZZ", "【般】エスタゾラム錠２ｍｇ", "エスタゾラム", "２ｍｇ１錠", "加算1,2", "", "=6+0.6|6.6"],
  ]);
}
