/** The sound of an AudioData as one channel of samples, -1..1: the mean of all that it has. */
export function oneChannel(data) {
  const { numberOfChannels: channels, numberOfFrames } = data;
  const sum = planeOf(data, 0);
  for (let channel = 1; channel < channels; channel += 1) {
    const plane = planeOf(data, channel);
    for (let index = 0; index < numberOfFrames; index += 1) sum[index] += plane[index];
  }
  if (channels > 1) for (let index = 0; index < numberOfFrames; index += 1) sum[index] /= channels;
  return sum;
}

function planeOf(data, planeIndex) {
  const plane = new Float32Array(data.numberOfFrames);
  data.copyTo(plane, { planeIndex, format: "f32-planar" });
  return plane;
}
