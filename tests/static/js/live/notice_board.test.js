import assert from "node:assert/strict";
import { test } from "node:test";
import { NoticeBoard } from "../../../../static/src/js/live/notice_board.js";

const put = (board, code) => board.put({ code, message: `About ${code}.`, tone: "warn" });
const codes = (board) => board.standing.map((notice) => notice.code);

test("it works", () => {
  const board = new NoticeBoard();
  put(board, "captions_behind");
  put(board, "disk_full");
  assert.deepEqual(codes(board), ["captions_behind", "disk_full"]);
});

test("one sentence about captions at a time, none once they are back", () => {
  const board = new NoticeBoard();
  put(board, "captions_behind");
  put(board, "captions_reconnecting");
  assert.deepEqual(codes(board), ["captions_reconnecting"]);
  put(board, "captions_back");
  assert.deepEqual(codes(board), []);
});

test("a sentence said again does not stand twice, and can be taken away", () => {
  const board = new NoticeBoard();
  put(board, "disk_full");
  put(board, "disk_full");
  assert.deepEqual(codes(board), ["disk_full"]);
  board.clear("disk_full", "never_said");
  assert.deepEqual(codes(board), []);
});
