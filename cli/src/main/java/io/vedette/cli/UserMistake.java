package io.vedette.cli;

/** Something that the user can mend: the message, in one line, says what, where and what to do instead. Ends the command with code 2. */
public final class UserMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserMistake(String message) {
        super(message);
    }

    public UserMistake(String message, Throwable cause) {
        super(message, cause);
    }
}
