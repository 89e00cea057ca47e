package dev.diagbundle.bundle.write;

/// The priority of an entry in a bundle without space for all entries.
///
/// @param importance of its kind
/// @param order within that, the lowest first
/// @param source the node that it is from, which shares fairly with others; empty for the cluster
/// @param log whether it consists of lines, so that a part of it is useful
public record Priority(PriorityTier importance, int order, String source, boolean log) {}
