package io.vedette.ingest.cards;

import io.vedette.ingest.cards.CardExposition.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds which target's process holds which card: the driver tells the processes of a card, and a target's process listens on its port. vLLM's workers,
 * which hold the cards, are descendants of the process that listens; other servers do it the other way round. Used by one thread.
 */
final class Owners {
    /** Looking through all processes' open files takes some milliseconds. */
    private static final Duration LISTENERS_LAST = Duration.ofMinutes(1);

    private static final int MOST_ANCESTORS = 64;
    /** In a container the first process is often the server itself. */
    private static final Set<String> INITS = Set.of("systemd", "init");

    private final Processes processes;
    private final LongSupplier nanoTime;
    private Map<Integer, Set<String>> sockets = Map.of();
    private Map<String, Set<Long>> listeners = Map.of();
    private Map<String, Published> published = Map.of();
    private long lookedNanos;

    /** A container's port that Docker's proxy serves on the host. */
    private record Published(String address, int port) {
        /** From {@code docker-proxy … -container-ip 172.17.0.2 -container-port 8000}. */
        private static Optional<Published> of(List<String> command) {
            int address = command.indexOf("-container-ip");
            int port = command.indexOf("-container-port");
            if (address < 0 || port < 0 || Math.max(address, port) + 1 >= command.size()) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Published(command.get(address + 1), Integer.parseInt(command.get(port + 1))));
            } catch (NumberFormatException strange) {
                return Optional.empty();
            }
        }
    }

    /** @param nanoTime as {@link System#nanoTime} */
    Owners(Processes processes, LongSupplier nanoTime) {
        this.processes = processes;
        this.nanoTime = nanoTime;
    }

    /** The names of those processes that are visible to us. */
    Map<Long, String> names(List<CardReading> cards) {
        Map<Long, String> names = new HashMap<>();
        for (CardReading card : cards) {
            for (CardProcess process : card.processes()) {
                if (processes.place(process.pid()).isPresent() && isHolder(process.pid())) {
                    names.put(process.pid(), processes.name(process.pid()));
                }
            }
        }
        return names;
    }

    /** A number may be that of another process in our namespace: who holds a card has the driver's device open. */
    private boolean isHolder(long pid) {
        Set<String> files = processes.openFiles(pid);
        return files.stream().anyMatch(file -> file.startsWith("/dev/nvidia") || file.startsWith("/dev/dxg"));
    }

    /**
     * A line for each card and target that holds it; none where nobody can tell.
     *
     * @param visible processes that hold cards
     */
    List<Owner> find(List<LocalTarget> targets, List<CardReading> cards, Set<Long> visible) {
        if (targets.isEmpty() || visible.isEmpty()) {
            return List.of();
        }
        look(targets);
        List<Owner> owners = new ArrayList<>();
        for (CardReading card : cards) {
            Set<String> instances = new LinkedHashSet<>();
            for (CardProcess process : card.processes()) {
                if (visible.contains(process.pid())) {
                    instances.addAll(targetsOf(process.pid()));
                }
            }
            instances.forEach(instance -> owners.add(new Owner(card.id(), instance)));
        }
        return owners;
    }

    private void look(List<LocalTarget> targets) {
        Map<Integer, Set<String>> now = new HashMap<>(processes.listening());
        now.keySet().retainAll(targets.stream().map(LocalTarget::port).toList());
        boolean old = nanoTime.getAsLong() - lookedNanos >= LISTENERS_LAST.toNanos();
        if (!old && now.equals(sockets)) {
            return;
        }
        lookedNanos = nanoTime.getAsLong();
        sockets = now;
        Map<String, Set<Long>> found = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        now.values().forEach(wanted::addAll);
        if (!wanted.isEmpty()) {
            for (long pid : processes.all()) {
                Set<String> open = processes.openFiles(pid);
                open.retainAll(wanted);
                for (LocalTarget target : targets) {
                    if (!Collections.disjoint(open, now.getOrDefault(target.port(), Set.of()))) {
                        found.computeIfAbsent(target.instance(), key -> new HashSet<>())
                                .add(pid);
                    }
                }
            }
        }
        listeners = found;
        Map<String, Published> behindProxies = new HashMap<>();
        found.forEach((instance, pids) -> pids.forEach(
                pid -> Published.of(processes.command(pid)).ifPresent(port -> behindProxies.put(instance, port))));
        published = behindProxies;
    }

    /** By the tree of processes, nearest first; else by the container whose port Docker serves; else by the process group, if only one target is in it. */
    private Set<String> targetsOf(long holder) {
        for (long ancestor : line(holder)) {
            Set<String> listening = listening(ancestor);
            if (!listening.isEmpty()) {
                return listening;
            }
        }
        Set<String> below = new LinkedHashSet<>();
        Set<String> beside = new LinkedHashSet<>();
        long group = processes.place(holder).map(Processes.Place::group).orElse(0L);
        listeners.forEach((instance, pids) -> {
            for (long pid : pids) {
                if (line(pid).contains(holder)) {
                    below.add(instance);
                } else if (group > 0
                        && processes.place(pid).map(Processes.Place::group).orElse(0L) == group) {
                    beside.add(instance);
                }
            }
        });
        if (!below.isEmpty()) {
            return below;
        }
        Set<String> inContainer = new LinkedHashSet<>();
        published.forEach((instance, port) -> {
            if (processes.isServedBeside(holder, port.address(), port.port())) {
                inContainer.add(instance);
            }
        });
        if (!inContainer.isEmpty()) {
            return inContainer;
        }
        return beside.size() == 1 ? beside : Set.of();
    }

    private Set<String> listening(long pid) {
        Set<String> instances = new LinkedHashSet<>();
        listeners.forEach((instance, pids) -> {
            if (pids.contains(pid)) {
                instances.add(instance);
            }
        });
        return instances;
    }

    /** A process and those above it, but for the system's own first process, which may listen for others. */
    private List<Long> line(long pid) {
        List<Long> line = new ArrayList<>();
        long next = pid;
        while (next > 0 && line.size() < MOST_ANCESTORS && !line.contains(next) && !isInit(next)) {
            line.add(next);
            next = processes.place(next).map(Processes.Place::parent).orElse(0L);
        }
        return line;
    }

    private boolean isInit(long pid) {
        return pid == 1 && INITS.contains(processes.name(pid));
    }
}
