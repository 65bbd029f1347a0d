package io.vedette.model.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * Reads the fields of a protobuf message, one after another: {@link #next}, then one call for its value, {@link #skip} where the field is not known.
 * Repeated numbers may be packed or not, as protobuf demands of readers. A field of another wire type than it is read as, is an error. Not thread-safe.
 */
final class ProtoReader {
    private final CodedInputStream in;

    ProtoReader(byte[] bytes, int offset, int length) {
        this.in = CodedInputStream.newInstance(bytes, offset, length);
    }

    /** Number of the next field; 0 at the end of the message. */
    int next() throws IOException {
        return WireFormat.getTagFieldNumber(in.readTag());
    }

    /** Begins a nested message; what it returns is to be handed to {@link #end}. */
    int begin() throws IOException {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.pushLimit(in.readRawVarint32());
    }

    /** Ends a nested message. */
    void end(int limit) {
        in.popLimit(limit);
    }

    long number() throws IOException {
        expect(WireFormat.WIRETYPE_VARINT);
        return in.readRawVarint64();
    }

    /** A number of 32 bits. */
    int small() throws IOException {
        return (int) number();
    }

    double real() throws IOException {
        expect(WireFormat.WIRETYPE_FIXED64);
        return in.readDouble();
    }

    String string() throws IOException {
        expect(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.readStringRequireUtf8();
    }

    void numbers(Longs into) throws IOException {
        if (wireType() == WireFormat.WIRETYPE_VARINT) {
            into.add(in.readRawVarint64());
        } else {
            int limit = begin();
            while (!in.isAtEnd()) {
                into.add(in.readRawVarint64());
            }
            end(limit);
        }
    }

    /** Numbers in zigzag. */
    void signed(Longs into) throws IOException {
        int before = into.size();
        numbers(into);
        for (int i = before; i < into.size(); i++) {
            into.set(i, CodedInputStream.decodeZigZag64(into.get(i)));
        }
    }

    /** Doubles, as their bits. */
    void reals(Longs into) throws IOException {
        if (wireType() == WireFormat.WIRETYPE_FIXED64) {
            into.add(in.readFixed64());
        } else {
            int limit = begin();
            while (!in.isAtEnd()) {
                into.add(in.readFixed64());
            }
            end(limit);
        }
    }

    void skip() throws IOException {
        if (!in.skipField(in.getLastTag())) {
            throw broken("a group ends that did not begin");
        }
    }

    private int wireType() {
        return WireFormat.getTagWireType(in.getLastTag());
    }

    private void expect(int wireType) {
        if (wireType() != wireType) {
            throw broken("field " + WireFormat.getTagFieldNumber(in.getLastTag()) + " has wire type " + wireType()
                    + ", not " + wireType);
        }
    }

    private static FrameFormatException broken(String message) {
        return new FrameFormatException(FrameFormatException.Reason.BROKEN, message);
    }
}
