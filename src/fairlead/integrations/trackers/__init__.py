"""GitHub, GitLab and Jira: the state of issues that improvements link to, asked for by the background work."""
