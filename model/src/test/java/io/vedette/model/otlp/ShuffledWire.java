package io.vedette.model.otlp;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes protobuf messages in ways that are allowed and that no library uses: fields in any order, unknown ones between them, messages in several
 * pieces, numbers packed or one by one.
 */
final class ShuffledWire {
    private final Random random;

    ShuffledWire(Random random) {
        this.random = random;
    }

    byte[] write(Message message) {
        List<byte[]> pieces = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            addField(pieces, field.getKey(), field.getValue());
        }
        while (random.nextInt(4) == 0) {
            pieces.add(unknownField());
        }
        Collections.shuffle(pieces, random);
        return join(pieces);
    }

    private void addField(List<byte[]> pieces, FieldDescriptor field, Object value) {
        if (!field.isRepeated()) {
            addValue(pieces, field, value);
            return;
        }
        List<?> values = (List<?>) value;
        if (field.isPacked() && random.nextBoolean()) {
            int cut = random.nextInt(values.size() + 1);
            pieces.add(packed(field, values.subList(0, cut)));
            pieces.add(packed(field, values.subList(cut, values.size())));
        } else {
            values.forEach(each -> addValue(pieces, field, each));
        }
    }

    private void addValue(List<byte[]> pieces, FieldDescriptor field, Object value) {
        if (!(value instanceof Message message)) {
            pieces.add(bytes(out -> writeScalar(out, field, value)));
        } else if (field.isRepeated() || random.nextInt(4) > 0) {
            pieces.add(delimited(field.getNumber(), write(message)));
        } else {
            Message.Builder rest = message.newBuilderForType();
            Message.Builder part = message.newBuilderForType();
            message.getAllFields().forEach((f, v) -> (random.nextBoolean() ? rest : part).setField(f, v));
            pieces.add(delimited(field.getNumber(), write(rest.build())));
            pieces.add(delimited(field.getNumber(), write(part.build())));
        }
    }

    private static byte[] packed(FieldDescriptor field, List<?> values) {
        List<byte[]> numbers = new ArrayList<>();
        for (Object value : values) {
            numbers.add(bytes(out -> {
                if (value instanceof Double number) {
                    out.writeDoubleNoTag(number);
                } else {
                    out.writeFixed64NoTag((Long) value);
                }
            }));
        }
        return delimited(field.getNumber(), join(numbers));
    }

    private static void writeScalar(CodedOutputStream out, FieldDescriptor field, Object value) throws IOException {
        int number = field.getNumber();
        switch (field.getType()) {
            case STRING -> out.writeString(number, (String) value);
            case DOUBLE -> out.writeDouble(number, (Double) value);
            case FIXED64, SFIXED64 -> out.writeFixed64(number, (Long) value);
            case INT64 -> out.writeInt64(number, (Long) value);
            case UINT32 -> out.writeUInt32(number, (Integer) value);
            case BOOL -> out.writeBool(number, (Boolean) value);
            case ENUM -> out.writeEnum(number, enumNumber(value));
            default -> throw new IllegalArgumentException("no record has a " + field.getType());
        }
    }

    private static int enumNumber(Object value) {
        return value instanceof ProtocolMessageEnum known
                ? known.getNumber()
                : ((EnumValueDescriptor) value).getNumber();
    }

    private byte[] unknownField() {
        int number = 1000 + random.nextInt(1000);
        return switch (random.nextInt(4)) {
            case 0 -> bytes(out -> out.writeInt64(number, random.nextLong()));
            case 1 -> bytes(out -> out.writeFixed32(number, random.nextInt()));
            case 2 -> delimited(number, new byte[random.nextInt(20)]);
            default ->
                bytes(out -> {
                    out.writeTag(number, WireFormat.WIRETYPE_START_GROUP);
                    out.writeInt32(1, random.nextInt());
                    out.writeTag(number, WireFormat.WIRETYPE_END_GROUP);
                });
        };
    }

    private static byte[] delimited(int number, byte[] content) {
        return bytes(out -> out.writeByteArray(number, content));
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private interface Output {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Output output) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            output.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
