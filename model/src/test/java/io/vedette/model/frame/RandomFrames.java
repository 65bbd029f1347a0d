package io.vedette.model.frame;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frames.WindowBuilder;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Frames of all shapes, the odd ones too. */
final class RandomFrames {
    private static final List<String> WORDS = List.of("", "a", "stop", "5xx", "ünïcödé \"quoted\"\n", "10.0.0.7:8000");
    private static final List<Bounds> BOUNDS = List.of(
            Bounds.of(),
            Bounds.of(0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 7680),
            Bounds.of(0.001, 0.005, 0.01, 2560),
            Bounds.of(-1.5, 0, 1e15, 1e300),
            Bounds.of(Math.PI, Math.nextUp(Math.PI)));

    private final Random random;

    RandomFrames(long seed) {
        this.random = new Random(seed);
    }

    Frame next() {
        List<Window> windows = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            windows.add(window());
        }
        Frame.Release[] releases = Frame.Release.values();
        return new Frame(
                entity(),
                random.nextInt(1 << 30) * Frame.TICK_MILLIS,
                random.nextInt(60_000),
                releases[random.nextInt(releases.length)],
                random.nextInt(5),
                random.nextInt(5),
                number(),
                gauges(),
                random.nextBoolean()
                        ? null
                        : new Latest(random.nextInt(1 << 30), random.nextBoolean(), word(), gauges()),
                random.nextBoolean()
                        ? Life.NONE
                        : new Life(
                                random.nextLong(),
                                random.nextInt(9),
                                0,
                                random.nextInt(9),
                                number(),
                                random.nextInt(9),
                                8192),
                number(),
                gpus(),
                windows);
    }

    private Entity entity() {
        Map<String, String> labels = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            labels.put(word(), word());
        }
        Entity replica = Entity.replica('i' + word(), 'e' + word(), word(), word(), word(), labels);
        return switch (random.nextInt(6)) {
            case 0 -> Entity.model('m' + word(), word(), labels);
            case 1 -> Entity.gpu(word(), 'g' + word(), word(), labels);
            case 2 -> Entity.gpu(word(), word(), "GPU-" + word(), labels).ownedBy(replica);
            case 3 -> Entity.node('n' + word(), labels);
            case 4 -> replica.cards();
            default -> replica;
        };
    }

    private Gpus gpus() {
        List<Gpu> cards = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            cards.add(new Gpu(word(), word(), word(), new double[] {number(), number()}, new double[] {number()}));
        }
        OwnerState[] states = OwnerState.values();
        return random.nextBoolean() ? Gpus.NONE : new Gpus(states[random.nextInt(states.length)], cards);
    }

    private Window window() {
        int duration = 1 + random.nextInt(600_000);
        WindowBuilder window = new WindowBuilder(duration, random.nextInt(duration + 1));
        for (Signal signal : Signal.values()) {
            if (random.nextInt(3) > 0) {
                switch (signal.kind()) {
                    case COUNTER -> {
                        window.known(signal);
                        for (int i = random.nextInt(3); i > 0; i--) {
                            window.grown(signal, word(), growth());
                        }
                    }
                    case HISTOGRAM -> window.observed(signal, histogram());
                    case GAUGE -> window.gauge(signal, number(), number(), 1 + random.nextInt(100));
                }
            }
        }
        return window.build();
    }

    private Histogram histogram() {
        List<Histogram.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Bounds bounds = BOUNDS.get(random.nextInt(BOUNDS.size()));
            long[] counts = new long[bounds.buckets()];
            for (int j = 0; j < counts.length; j++) {
                counts[j] = random.nextBoolean()
                        ? 0
                        : random.nextLong() >>> (8 + random.nextInt(56)) & (random.nextBoolean() ? -1 : -65_536);
            }
            parts.add(new Histogram.Part(bounds, counts, random.nextLong() >> (4 + random.nextInt(60))));
        }
        return Histogram.of(parts);
    }

    private Gauges gauges() {
        Gauges.Builder gauges = Gauges.builder();
        for (Signal signal : Signal.values()) {
            if (signal.kind() == Signal.Kind.GAUGE && random.nextBoolean()) {
                gauges.set(signal, number());
            }
        }
        return gauges.build();
    }

    private double growth() {
        return random.nextInt(10) == 0 ? number() : (random.nextLong() >> (24 + random.nextInt(40))) / 65536.0;
    }

    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> 0;
            case 2 -> random.nextInt(1000);
            case 3 -> -0.0;
            case 4 -> random.nextDouble() * Math.pow(10, random.nextInt(600) - 300);
            default -> random.nextDouble();
        };
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
