import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** Attributes of an ONNX node, by name. A number alone is an integer. */
export type OnnxAttributes = Readonly<Record<string, number | string | readonly string[] | Float32Array | Int32Array>>;

/** A tensor that enters or leaves the graph: the first dimension is the rows'; no `width` makes it the only one. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: "float" | "string";
  readonly width?: number;
}

export interface OnnxModel {
  readonly name: string;
  readonly description: string;
  readonly operator: string;
  readonly attributes: OnnxAttributes;
  readonly input: OnnxTensor;
  readonly outputs: readonly OnnxTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Versions of ONNX 1.4 (2019), which every runtime still reads. */
const IR_VERSION = 4;
const OPSETS = [
  { domain: "", version: 9 },
  { domain: "ai.onnx.ml", version: 1 },
];
const ELEMENT_TYPES = { float: 1, string: 8 } as const;
const ATTRIBUTE_TYPES = { int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

const text = (writer: BinaryWriter, field: number, value: string) => writer.tag(field, WireType.LengthDelimited).string(value);
const integer = (writer: BinaryWriter, field: number, value: number) => writer.tag(field, WireType.Varint).int32(value);

function message(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

/** The bytes of 32-bit floats, lowest byte first whatever the machine. */
function floatBytes(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(4 * i, value, true);
  });
  return bytes;
}

/** AttributeProto; lists of numbers are packed. */
function writeAttribute(writer: BinaryWriter, name: string, value: OnnxAttributes[string]): void {
  text(writer, 1, name);
  let type: number = ATTRIBUTE_TYPES.strings;
  if (typeof value === "string") {
    text(writer, 4, value);
    type = ATTRIBUTE_TYPES.string;
  } else if (typeof value === "number") {
    integer(writer, 3, value);
    type = ATTRIBUTE_TYPES.int;
  } else if (value instanceof Float32Array) {
    writer.tag(7, WireType.LengthDelimited).bytes(floatBytes(value));
    type = ATTRIBUTE_TYPES.floats;
  } else if (value instanceof Int32Array) {
    message(writer, 8, (packed) => {
      for (const one of value) packed.int32(one);
    });
    type = ATTRIBUTE_TYPES.ints;
  } else for (const one of value) text(writer, 9, one);
  integer(writer, 20, type);
}

/** ValueInfoProto with its TypeProto and TensorShapeProto. */
function writeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  text(writer, 1, tensor.name);
  message(writer, 2, (type) =>
    message(type, 1, (tensorType) => {
      integer(tensorType, 1, ELEMENT_TYPES[tensor.type]);
      message(tensorType, 2, (shape) => {
        message(shape, 1, (rows) => text(rows, 2, "rows"));
        const { width } = tensor;
        if (width !== undefined) message(shape, 1, (columns) => integer(columns, 1, width));
      });
    }),
  );
}

/** NodeProto, then the GraphProto's name and its tensors. */
function writeGraph(writer: BinaryWriter, model: OnnxModel): void {
  message(writer, 1, (node) => {
    text(node, 1, model.input.name);
    for (const output of model.outputs) text(node, 2, output.name);
    text(node, 4, model.operator);
    for (const [name, value] of Object.entries(model.attributes))
      message(node, 5, (attribute) => writeAttribute(attribute, name, value));
    text(node, 7, "ai.onnx.ml");
  });
  text(writer, 2, model.name);
  message(writer, 11, (input) => writeTensor(input, model.input));
  for (const output of model.outputs) message(writer, 12, (found) => writeTensor(found, output));
}

/** An ONNX file of one ai.onnx.ml operator, as the ModelProto of onnx.proto. */
export function onnxBytes(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  integer(writer, 1, IR_VERSION);
  text(writer, 2, "Trendloom");
  text(writer, 6, model.description);
  message(writer, 7, (graph) => writeGraph(graph, model));
  for (const { domain, version } of OPSETS) {
    message(writer, 8, (opset) => {
      text(opset, 1, domain);
      integer(opset, 2, version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    message(writer, 14, (entry) => {
      text(entry, 1, key);
      text(entry, 2, value);
    });
  }
  return writer.finish();
}
