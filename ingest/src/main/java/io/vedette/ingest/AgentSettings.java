package io.vedette.ingest;

import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.TargetSettings;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agent does. Every bad value is refused with an {@link IllegalArgumentException} whose message names it.
 *
 * @param agent the agent's name, unique among all agents: their lists of targets are told apart by it
 * @param node the agent's host: that of targets with a loopback address and no label {@code node}
 * @param timing for targets that have none of their own
 * @param limits what one scrape and the buffer may take
 * @param externalLabels added to every target that has no such label
 * @param nvml whether the node's cards are read
 * @param targets with names that differ; none is allowed
 */
public record AgentSettings(
        String agent,
        String node,
        ScrapeTiming timing,
        Limits limits,
        Map<String, String> externalLabels,
        CardMode nvml,
        List<TargetSettings> targets) {
    public AgentSettings {
        requireText("agent name", agent);
        requireText("node", node);
        externalLabels = Collections.unmodifiableMap(new TreeMap<>(externalLabels));
        externalLabels.forEach(TargetSettings::checkLabel);
        targets = List.copyOf(targets);
        requireDistinctNames(targets);
        for (TargetSettings target : targets) {
            var unused = target.timing(timing);
        }
    }

    /**
     * Most bytes of one body, before and after decompression, and of all records that wait for Kafka.
     *
     * @param bodyBytes from 1 KiB to 256 MiB
     * @param bufferBytes from 64 KiB to 1 GiB
     */
    public record Limits(int bodyBytes, int bufferBytes) {
        /** 16 MiB a body (one of vLLM has 50 KB) and 64 MiB that wait. */
        public static final Limits DEFAULT = new Limits(16 << 20, 64 << 20);

        public Limits {
            requireWithin("largest body", bodyBytes, 1 << 10, 256 << 20);
            requireWithin("buffer", bufferBytes, 64 << 10, 1 << 30);
        }
    }

    /** These targets with every default: agent and node are called like this host. */
    public static AgentSettings of(List<TargetSettings> targets) {
        String host = HostName.ofThisMachine();
        return new AgentSettings(host, host, ScrapeTiming.DEFAULT, Limits.DEFAULT, Map.of(), CardMode.AUTO, targets);
    }

    /** The same agent with other targets. */
    public AgentSettings withTargets(List<TargetSettings> others) {
        return new AgentSettings(agent, node, timing, limits, externalLabels, nvml, others);
    }

    /** The same agent with other times for targets that have none of their own. */
    public AgentSettings withTiming(ScrapeTiming other) {
        return new AgentSettings(agent, node, other, limits, externalLabels, nvml, targets);
    }

    private static void requireDistinctNames(List<TargetSettings> targets) {
        Map<String, TargetSettings> byName = new HashMap<>();
        for (TargetSettings target : targets) {
            TargetSettings other = byName.put(target.name(), target);
            if (other != null) {
                throw new IllegalArgumentException("two targets are called '" + target.name() + "': " + other.url()
                        + " and " + target.url() + "; remove one, or give one a label 'instance' of its own");
            }
        }
    }

    private static void requireText(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
    }

    private static void requireWithin(String what, int bytes, int least, int most) {
        if (bytes < least || bytes > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + " bytes: " + bytes);
        }
    }
}
