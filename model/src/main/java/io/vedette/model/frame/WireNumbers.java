package io.vedette.model.frame;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import java.util.List;
import java.util.Optional;

/** What numbers on the wire mean. */
final class WireNumbers {
    private static final List<EntityKind> KINDS =
            List.of(EntityKind.REPLICA, EntityKind.MODEL, EntityKind.GPU, EntityKind.NODE, EntityKind.REPLICA_GPUS);
    private static final List<Frame.Release> RELEASES =
            List.of(Frame.Release.SCRAPE, Frame.Release.SILENCE, Frame.Release.GONE, Frame.Release.REMOVED);

    /** Number 0 is what is not written. */
    private static final List<OwnerState> OWNERS = List.of(
            OwnerState.NONE,
            OwnerState.STARTING,
            OwnerState.SERVING,
            OwnerState.IDLE,
            OwnerState.SLEEPING,
            OwnerState.DOWN);

    private WireNumbers() {}

    static int of(OwnerState owner) {
        return OWNERS.indexOf(owner);
    }

    static OwnerState owner(int number) {
        return at(OWNERS, number + 1, "owner's state");
    }

    static int of(EntityKind kind) {
        return KINDS.indexOf(kind) + 1;
    }

    static int of(Frame.Release release) {
        return RELEASES.indexOf(release) + 1;
    }

    static EntityKind kind(int number) {
        return at(KINDS, number, "kind");
    }

    static Frame.Release release(int number) {
        return at(RELEASES, number, "release");
    }

    /** Empty for a signal that this version does not know. */
    static Optional<Signal> signal(long number) {
        return number == (int) number ? Signal.ofNumber((int) number) : Optional.empty();
    }

    private static <T> T at(List<T> values, int number, String what) {
        if (number < 1 || number > values.size()) {
            throw FrameFormatException.invalid("no " + what + " has the number " + number);
        }
        return values.get(number - 1);
    }
}
