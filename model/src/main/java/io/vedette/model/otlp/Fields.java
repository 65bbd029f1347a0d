package io.vedette.model.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/**
 * Walks over the fields of a protobuf message in a slice of a byte array. Nested messages are either entered or taken as a slice and walked over
 * later: what nobody asks for is skipped unread.
 */
final class Fields {
    private final byte[] bytes;
    private final int start;
    private final CodedInputStream in;
    private int sliceOffset;
    private int sliceLength;

    Fields(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.in = CodedInputStream.newInstance(bytes, offset, length);
    }

    /** The next field's tag: its number shifted by three, and its wire type; 0 at the end of the message. */
    int next() throws IOException {
        return in.readTag();
    }

    /** Skips the field whose tag was read. */
    void skip(int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("a group ends that has not begun");
        }
    }

    /** Goes into a nested message, and returns what {@link #leave} needs. */
    int enter() throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    void leave(int outer) {
        in.popLimit(outer);
    }

    /** Takes a length-delimited field as a slice and goes behind it. */
    void slice() throws IOException {
        sliceLength = in.readRawVarint32();
        sliceOffset = offset();
        in.skipRawBytes(sliceLength);
    }

    /** The array that all slices are of. */
    byte[] bytes() {
        return bytes;
    }

    int sliceOffset() {
        return sliceOffset;
    }

    int sliceLength() {
        return sliceLength;
    }

    /** Where in the array the next byte is read. */
    int offset() {
        return start + in.getTotalBytesRead();
    }

    boolean atEnd() throws IOException {
        return in.isAtEnd();
    }

    long fixed64() throws IOException {
        return in.readFixed64();
    }

    double float64() throws IOException {
        return in.readDouble();
    }

    int varint32() throws IOException {
        return in.readRawVarint32();
    }

    long varint64() throws IOException {
        return in.readRawVarint64();
    }
}
