// Faults of codes in the page's words.
import type { CodeFault, CodeFaultKind, Fault } from "santei";
import { el } from "./dom.ts";
import { FAULT } from "./words.ts";

const CODE_FAULT: Record<CodeFaultKind, string> = {
  schema: "コードや名前の形が正しくありません",
  too_much: "長すぎるか、多すぎます",
  unknown_code: "マスターにありません",
  not_in_force: "その日には使えないコードです",
  replaced: "廃止されたコードです。移行先を使います",
  check_digit: "チェックデジットが合いません",
  date: "日付を確かめてください",
  too_many_modifiers: "修飾語は20個までです",
  duplicate_modifier: "同じ修飾語が二つあります",
  modifier_order: "修飾語の順序が違います",
  modifier_kind: "医科では使わない修飾語です",
  alone_forbidden: "単独では使えない病名です。部位などの修飾語が要ります",
  not_claimable: "保険請求の対象外です",
  free_text: "未コード化傷病名と名前の組み合わせを確かめてください",
  comment_value: "コメントの値がパターンに合いません",
};

/** Faults as a list; each has the engine's own sentence behind it. */
export function faultList(faults: readonly (CodeFault | Fault)[]): HTMLElement {
  const words: Record<string, string> = { ...FAULT, ...CODE_FAULT };
  const rows = faults.map((fault) => {
    const instead = "instead" in fault && fault.instead ? `　→ ${fault.instead.join(" ")}` : "";
    const grave = !("severity" in fault) || fault.severity === "error";
    return el(
      "li",
      { className: grave ? "fault" : "fault mild", title: fault.message },
      `${words[fault.kind] ?? fault.kind}${instead}`,
    );
  });
  return el("ul", { className: "code-faults" }, ...rows);
}
