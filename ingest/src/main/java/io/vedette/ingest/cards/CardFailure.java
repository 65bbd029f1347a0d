package io.vedette.ingest.cards;

/** Why no card could be read. Its message is for users, in one line. */
public final class CardFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What it means for who wants to read cards. */
    public enum Kind {
        /** There is no driver, or it is not loaded: this node has no cards that could be read. */
        NO_DRIVER,
        /** The library is there and cannot be loaded. */
        UNUSABLE,
        /** We may not. */
        NO_PERMISSION,
        /** A call does not come back. */
        HANGS,
        /** The driver refuses, for a reason of its own. */
        FAILED
    }

    public CardFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public CardFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** For users, in one line. */
    public String words() {
        return String.valueOf(getMessage());
    }

    public Kind kind() {
        return kind;
    }
}
