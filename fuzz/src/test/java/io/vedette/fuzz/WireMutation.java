package io.vedette.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes protobuf messages field by field, at any depth, so that they stay messages; one in three is damaged byte by byte instead or as well. */
public final class WireMutation implements Mutation {
    private static final int MOST_CHANGES = 4;
    private static final long[] TELLING = {
        0, 1, 2, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, 1L << 32, 0x7ff0_0000_0000_0000L, 0x7ff8_0000_0000_0000L
    };

    private final ByteMutation bytes = new ByteMutation();

    @Override
    public byte[] mutate(List<byte[]> seeds, Random random) {
        if (random.nextInt(4) == 0) {
            return bytes.mutate(seeds, random);
        }
        byte[] message = ByteMutation.chosen(seeds, random);
        for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
            message = changed(message, ByteMutation.chosen(seeds, random), random);
        }
        return random.nextInt(8) == 0 ? bytes.mutate(List.of(message), random) : message;
    }

    /** The message with one field changed, here or in a message inside; where it is none, as it is. */
    private static byte[] changed(byte[] message, byte[] other, Random random) {
        try {
            UnknownFieldSet fields = UnknownFieldSet.parseFrom(message);
            List<Integer> numbers = new ArrayList<>(fields.asMap().keySet());
            if (numbers.isEmpty()) {
                return message;
            }
            int number = numbers.get(random.nextInt(numbers.size()));
            UnknownFieldSet.Builder builder = fields.toBuilder();
            builder.clearField(number);
            Field field = field(fields.getField(number), other, random);
            if (random.nextInt(12) > 0) {
                builder.addField(random.nextInt(12) == 0 ? 1 + random.nextInt(16) : number, field);
            }
            return builder.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            return message;
        }
    }

    private static Field field(Field field, byte[] other, Random random) throws InvalidProtocolBufferException {
        Field.Builder changed = Field.newBuilder();
        field.getVarintList().forEach(value -> changed.addVarint(number(value, random)));
        field.getFixed64List().forEach(value -> changed.addFixed64(number(value, random)));
        field.getFixed32List().forEach(changed::addFixed32);
        field.getGroupList().forEach(changed::addGroup);
        List<ByteString> values = new ArrayList<>(field.getLengthDelimitedList());
        if (!values.isEmpty()) {
            int at = random.nextInt(values.size());
            ByteString value = values.get(at);
            switch (random.nextInt(10)) {
                case 0 -> values.remove(at);
                case 1 -> values.add(at, value);
                case 2 -> values.set(at, inside(other, random));
                case 3 -> values.set(at, ByteString.copyFrom(new byte[random.nextInt(20)]));
                default -> values.set(at, ByteString.copyFrom(changed(value.toByteArray(), other, random)));
            }
        }
        values.forEach(changed::addLengthDelimited);
        return changed.build();
    }

    private static long number(long value, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> TELLING[random.nextInt(TELLING.length)];
            case 1 -> value + random.nextInt(3) - 1;
            case 2 -> value ^ 1L << random.nextInt(64);
            default -> value;
        };
    }

    /** Any message or text inside another message. */
    private static ByteString inside(byte[] message, Random random) throws InvalidProtocolBufferException {
        ByteString found = ByteString.copyFrom(message);
        for (int depth = random.nextInt(6); depth > 0; depth--) {
            List<ByteString> values = new ArrayList<>();
            try {
                for (Map.Entry<Integer, Field> field :
                        UnknownFieldSet.parseFrom(found).asMap().entrySet()) {
                    values.addAll(field.getValue().getLengthDelimitedList());
                }
            } catch (InvalidProtocolBufferException text) {
                return found;
            }
            if (values.isEmpty()) {
                return found;
            }
            found = values.get(random.nextInt(values.size()));
        }
        return found;
    }
}
