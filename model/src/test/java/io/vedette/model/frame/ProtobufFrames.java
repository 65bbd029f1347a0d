package io.vedette.model.frame;

import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import io.vedette.proto.v1.GaugeStats;
import io.vedette.proto.v1.Growth;
import io.vedette.proto.v1.Observations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads what protobuf's own classes have parsed, as {@code frame.proto} describes it and as plainly as can be. */
final class ProtobufFrames {
    private ProtobufFrames() {}

    static Frame toDomain(io.vedette.proto.v1.Frame frame) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < frame.getWindowsCount(); i++) {
            windows.add(new Window(
                    frame.getWindows(i).getDurationMillis(),
                    frame.getWindows(i).getCoveredMillis(),
                    growth(frame, i),
                    histograms(frame, i),
                    gaugeStats(frame, i)));
        }
        return new Frame(
                entity(frame.getEntity()),
                frame.getTickMillis(),
                frame.getIntervalMillis(),
                Frame.Release.valueOf(frame.getRelease().name().substring("RELEASE_".length())),
                frame.getMembers(),
                frame.getMembersUp(),
                frame.hasUp() ? frame.getUp() : Double.NaN,
                gauges(frame.getGauges()),
                frame.hasLatest()
                        ? new Latest(
                                frame.getLatest().getTimeMillis(),
                                frame.getLatest().getUp(),
                                frame.getLatest().getFailure(),
                                gauges(frame.getLatest().getGauges()))
                        : null,
                life(frame.getLife()),
                frame.hasPromptLimit() ? frame.getPromptLimit() : Double.NaN,
                new Gpus(
                        OwnerState.valueOf(frame.getOwnerState().name().substring("OWNER_STATE_".length())),
                        frame.getGpusList().stream().map(ProtobufFrames::gpu).toList()),
                windows);
    }

    private static Entity entity(io.vedette.proto.v1.Entity entity) {
        return new Entity(
                EntityKind.valueOf(entity.getKind().name().substring("KIND_".length())),
                entity.getInstance(),
                entity.getEngine(),
                entity.getModelName(),
                entity.getRole(),
                entity.getNode(),
                entity.getGpu(),
                entity.getUuid(),
                entity.getLabelsMap());
    }

    private static Gpu gpu(io.vedette.proto.v1.Gpu gpu) {
        return new Gpu(
                gpu.getGpu(),
                gpu.getUuid(),
                gpu.getProduct(),
                gpu.getMemoryUsedMeansList().stream().mapToDouble(d -> d).toArray(),
                gpu.getUtilizationMeansList().stream().mapToDouble(d -> d).toArray());
    }

    private static Gauges gauges(io.vedette.proto.v1.Gauges gauges) {
        Gauges.Builder builder = Gauges.builder();
        for (int i = 0; i < gauges.getSignalsCount(); i++) {
            builder.set(signal(gauges.getSignals(i)), gauges.getValues(i));
        }
        return builder.build();
    }

    private static Life life(io.vedette.proto.v1.Life life) {
        return new Life(
                life.getFirstSeenMillis(),
                life.getFirstUpMillis(),
                life.getDownSinceMillis(),
                life.getProcessStartMillis(),
                life.hasFinishedSinceStart() ? life.getFinishedSinceStart() : Double.NaN,
                life.getRestarts(),
                life.getContextLength());
    }

    private static Map<Signal, SortedMap<String, Double>> growth(io.vedette.proto.v1.Frame frame, int window) {
        Map<Signal, SortedMap<String, Double>> growth = new EnumMap<>(Signal.class);
        for (Growth message : frame.getGrowthList()) {
            List<Integer> windows = windows(message.getWindowsList(), frame);
            int at = windows.indexOf(window);
            if (at >= 0) {
                SortedMap<String, Double> split = new TreeMap<>();
                for (int i = 0; i < message.getDimensionsCount(); i++) {
                    int j = i * windows.size() + at;
                    split.put(
                            message.getDimensions(i),
                            message.getExactCount() > 0 ? message.getExact(j) : fixed(message.getFixed(j)) / 65536.0);
                }
                growth.put(signal(message.getSignal()), split);
            }
        }
        return growth;
    }

    private static Map<Signal, Histogram> histograms(io.vedette.proto.v1.Frame frame, int window) {
        Map<Signal, Histogram> histograms = new EnumMap<>(Signal.class);
        for (Observations message : frame.getObservationsList()) {
            List<Integer> windows = windows(message.getWindowsList(), frame);
            int at = windows.indexOf(window);
            if (at >= 0) {
                List<Histogram.Part> parts = new ArrayList<>();
                if (message.getBounds() > 0) {
                    Bounds bounds = bounds(frame.getBounds(message.getBounds() - 1));
                    long[] counts = new long[bounds.buckets()];
                    int bucket = -1;
                    for (int i = 0; i < message.getGapsCount(); i++) {
                        bucket += 1 + message.getGaps(i);
                        counts[bucket] = fixed(message.getCounts(i * windows.size() + at));
                    }
                    parts.add(new Histogram.Part(bounds, counts, fixed(message.getSums(at))));
                }
                histograms.merge(signal(message.getSignal()), Histogram.of(parts), Histogram::merge);
            }
        }
        return histograms;
    }

    private static long fixed(long written) {
        return written % 2 == 0 ? written / 2 * 65536 : Math.floorDiv(written, 2);
    }

    private static Bounds bounds(io.vedette.proto.v1.Bounds bounds) {
        double[] finite = bounds.getExactList().stream().mapToDouble(d -> d).toArray();
        if (bounds.getExactCount() == 0) {
            long[] whole =
                    bounds.getStepsList().stream().mapToLong(step -> step).toArray();
            Arrays.parallelPrefix(whole, Long::sum);
            finite = Arrays.stream(whole)
                    .mapToDouble(w -> w / Math.pow(10, bounds.getDecimals()))
                    .toArray();
        }
        return Bounds.of(finite);
    }

    private static Map<Signal, io.vedette.model.frame.GaugeStats> gaugeStats(
            io.vedette.proto.v1.Frame frame, int window) {
        Map<Signal, io.vedette.model.frame.GaugeStats> all = new EnumMap<>(Signal.class);
        for (GaugeStats stats : frame.getGaugeStatsList()) {
            int at = windows(stats.getWindowsList(), frame).indexOf(window);
            if (at >= 0) {
                all.put(
                        signal(stats.getSignal()),
                        new io.vedette.model.frame.GaugeStats(
                                stats.getMeansCount() > 0
                                        ? stats.getMeans(at)
                                        : fixed(stats.getFixedMeans(at)) / 65536.0,
                                stats.getMaximaCount() > 0
                                        ? stats.getMaxima(at)
                                        : fixed(stats.getFixedMaxima(at)) / 65536.0,
                                stats.getCounts(at)));
            }
        }
        return all;
    }

    private static List<Integer> windows(List<Integer> indices, io.vedette.proto.v1.Frame frame) {
        return indices.isEmpty()
                ? IntStream.range(0, frame.getWindowsCount()).boxed().toList()
                : indices;
    }

    private static Signal signal(int number) {
        return Signal.ofNumber(number).orElseThrow();
    }
}
