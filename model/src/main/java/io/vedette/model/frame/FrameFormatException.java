package io.vedette.model.frame;

/** Bytes that are no frame. */
public final class FrameFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with them. */
    public enum Reason {
        /** No protobuf message, or one that was cut off. */
        BROKEN,
        /** Written by a newer Vedette in a form that this one would misread. */
        VERSION,
        /** A message that says something impossible. */
        INVALID
    }

    FrameFormatException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    FrameFormatException(Reason reason, Throwable cause) {
        super(cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static FrameFormatException invalid(String message) {
        return new FrameFormatException(Reason.INVALID, message);
    }
}
