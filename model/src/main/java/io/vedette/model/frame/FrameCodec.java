package io.vedette.model.frame;

/**
 * Frames as bytes, in the form of {@code vedette/frame.proto}: hand-written, since it is on the way of every scrape. What is read back equals what was
 * written. Fields and signals that this version does not know are skipped. Thread-safe.
 */
public final class FrameCodec {
    /** The form's version; it changes only when old readers would read something wrong. */
    public static final int VERSION = 1;

    private FrameCodec() {}

    /** About 1 KB. */
    public static byte[] encode(Frame frame) {
        return new FrameEncoder(frame).encode();
    }

    /**
     * Reads a frame.
     *
     * @throws FrameFormatException when the bytes are no frame; nothing else is thrown, whatever they are
     */
    public static Frame decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Reads a frame from a part of an array.
     *
     * @throws FrameFormatException when the bytes are no frame; nothing else is thrown, whatever they are
     */
    public static Frame decode(byte[] bytes, int offset, int length) {
        return FrameDecoder.decode(bytes, offset, length);
    }
}
