package io.vedette.model.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts of records; the same bytes give the same object as long as they are remembered. Not thread-safe. */
final class Interner {
    private static final int CAPACITY = 4096;
    /** Longer texts are not remembered. */
    private static final int LONGEST = 256;

    private final ByteTable<String> known = new ByteTable<>(CAPACITY);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    /** The text of UTF-8 bytes; as in any protobuf string, others make the message invalid. */
    String text(byte[] bytes, int offset, int length) throws InvalidProtocolBufferException {
        String text = known.get(bytes, offset, length);
        if (text == null) {
            text = decode(bytes, offset, length);
            if (length <= LONGEST) {
                known.put(Arrays.copyOfRange(bytes, offset, offset + length), text);
            }
        }
        return text;
    }

    private String decode(byte[] bytes, int offset, int length) throws InvalidProtocolBufferException {
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, offset, length)).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProtocolBufferException("a text is not UTF-8", e);
        }
    }
}
