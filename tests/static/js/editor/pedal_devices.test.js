import assert from "node:assert/strict";
import { test } from "node:test";
import { PedalDevices } from "../../../../static/src/js/editor/pedal_devices.js";
import { Scope } from "../../../../static/src/js/lib/scope.js";

/** A device and the browser's list of granted ones, as WebHID has them. */
class Device extends EventTarget {
  opened = false;
  constructor(vendorId = 0x05f3, productId = 0x00ff) {
    super();
    Object.assign(this, { vendorId, productId, productName: "" });
  }
  async open() {
    this.opened = true;
  }
  async close() {
    this.opened = false;
  }
  send(...bytes) {
    const data = new DataView(Uint8Array.from([9, ...bytes]).buffer, 1);
    this.dispatchEvent(Object.assign(new Event("inputreport"), { data }));
  }
}

class Hid extends EventTarget {
  constructor(granted, chosen = []) {
    super();
    Object.assign(this, { granted, chosen });
  }
  async getDevices() {
    return this.granted;
  }
  async requestDevice() {
    return this.chosen;
  }
  tell(type, device) {
    this.dispatchEvent(Object.assign(new Event(type), { device }));
  }
}

async function plugged(granted, chosen) {
  const scope = new Scope();
  const hid = new Hid(granted, chosen);
  const devices = new PedalDevices(hid, scope);
  const reports = [];
  devices.addEventListener("report", ({ detail }) => reports.push(detail.bytes));
  await devices.start();
  return { scope, hid, devices, reports };
}

test("it works", async () => {
  const pedal = new Device();
  const { devices, reports, scope } = await plugged([pedal]);
  assert.deepEqual(devices.labels, ["Infinity IN-USB-2"]);
  pedal.send(2, 0);
  assert.deepEqual(reports, [[2, 0]]);
  scope.close();
  assert.ok(!pedal.opened);
  pedal.send(0, 0);
  assert.equal(reports.length, 1);
});

test("what is no pedal is left alone", async () => {
  const keyboard = new Device(0x046d, 0xc31c);
  const { devices } = await plugged([keyboard]);
  assert.ok(!keyboard.opened);
  assert.deepEqual(devices.labels, []);
});

test("a pedal is asked for, goes and comes back", async () => {
  const pedal = new Device(0x07b4, 0x0001);
  const { devices, hid } = await plugged([], [pedal]);
  assert.ok(await devices.ask());
  assert.deepEqual(devices.labels, ["Foot pedal"]);
  hid.tell("disconnect", pedal);
  assert.deepEqual(devices.labels, []);
  hid.tell("connect", pedal);
  await new Promise(setImmediate);
  assert.deepEqual(devices.labels, ["Foot pedal"]);
});

test("choosing nothing changes nothing", async () => {
  const { devices } = await plugged([], []);
  assert.ok(!(await devices.ask()));
});
