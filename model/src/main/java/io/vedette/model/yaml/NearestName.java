package io.vedette.model.yaml;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class NearestName {
    /** Nobody misspells a name that long, and the search takes its length times that of each candidate. */
    private static final int LONGEST = 200;

    /** Fewer letters are a part of something by chance. */
    private static final int SHORTEST_PART = 4;

    private NearestName() {}

    /**
     * The candidate with the fewest letters to change, at most a third of the longer word; else the only one that the word is a part of, as
     * {@code queue_time} is of {@code request_queue_time}; empty when there is none.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < least && distance * 3 <= Math.max(word.length(), candidate.length())) {
                best = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(best).or(() -> onlyWith(word, candidates));
    }

    private static Optional<String> onlyWith(String word, Collection<String> candidates) {
        if (word.length() < SHORTEST_PART) {
            return Optional.empty();
        }
        List<String> with = candidates.stream()
                .distinct()
                .filter(candidate -> parted(candidate).contains(parted(word)))
                .limit(2)
                .toList();
        return with.size() == 1 ? Optional.of(with.get(0)) : Optional.empty();
    }

    private static String parted(String name) {
        return '_' + name.replace('-', '_').replace('.', '_') + '_';
    }

    /** {@code "; did you mean 'x'?"}, or else {@code "; known: a, b"}. */
    public static String hint(String word, Collection<String> candidates) {
        return of(word, candidates)
                .map(name -> "; did you mean '" + name + "'?")
                .orElseGet(() -> "; known: " + String.join(", ", candidates));
    }

    /** Letters to insert, to leave out, to change, or to swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : least(distances, a, b, i, j);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int least(int[][] distances, String a, String b, int i, int j) {
        int change = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(change, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
    }
}
