package io.vedette.model.frame;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.DecimalBounds;
import io.vedette.model.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a frame says of its windows, and when all is read sorts it into them. Not thread-safe. */
final class WindowsDecoder {
    private static final int MOST_WINDOWS = 100;
    /** Numbers that a frame may unpack to: a hundred times what real ones do, and far from filling the heap. */
    private static final long MOST_UNPACKED = 1 << 18;

    private final List<OpenWindow> windows = new ArrayList<>();
    private final List<Bounds> bounds = new ArrayList<>();
    private final List<SignalMessage> messages = new ArrayList<>();

    void field(int field, ProtoReader in) throws IOException {
        switch (field) {
            case 10 -> windows.add(OpenWindow.read(in));
            case 11 -> bounds.add(bounds(in));
            case 12 -> messages.add(GrowthMessage.read(in));
            case 13 -> messages.add(ObservationsMessage.read(in));
            case 14 -> messages.add(GaugeStatsMessage.read(in));
            default -> in.skip();
        }
    }

    private static Bounds bounds(ProtoReader in) throws IOException {
        int decimals = 0;
        Longs steps = new Longs();
        Longs exact = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> decimals = in.small();
                case 2 -> in.signed(steps);
                case 3 -> in.reals(exact);
                default -> in.skip();
            }
        }
        in.end(end);
        return exact.size() > 0
                ? Bounds.of(exact.toDoubles())
                : new DecimalBounds(decimals, steps.toArray()).toBounds();
    }

    List<Window> resolve() {
        if (windows.size() > MOST_WINDOWS) {
            throw FrameFormatException.invalid(windows.size() + " windows");
        }
        long unpacked = 0;
        for (SignalMessage message : messages) {
            Optional<Signal> signal = WireNumbers.signal(message.signal());
            if (signal.isPresent()) {
                if (signal.get().kind() != message.kind()) {
                    throw FrameFormatException.invalid(signal.get() + " is no " + message.kind());
                }
                List<OpenWindow> of = windows(message.windows());
                unpacked += of.size() * message.unpacked(bounds);
                if (unpacked > MOST_UNPACKED) {
                    throw FrameFormatException.invalid("more than " + MOST_UNPACKED + " numbers");
                }
                message.into(signal.get(), of, bounds);
            }
        }
        return windows.stream().map(OpenWindow::close).toList();
    }

    private List<OpenWindow> windows(Longs indices) {
        if (indices.size() == 0) {
            return windows;
        }
        List<OpenWindow> some = new ArrayList<>(indices.size());
        for (int i = 0; i < indices.size(); i++) {
            long index = indices.get(i);
            if (!(index >= 0 && index < windows.size())) {
                throw FrameFormatException.invalid("no window has the index " + index);
            }
            some.add(windows.get((int) index));
        }
        return some;
    }
}
