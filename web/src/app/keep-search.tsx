import { type LoaderFunction, Navigate, redirect, useLocation } from 'react-router';

/** Goes to another page for the same person on the same site. */
export function KeepSearch({ to }: { readonly to: string }) {
  const { search } = useLocation();
  return <Navigate to={{ pathname: to, search }} replace />;
}

/** The same for a page of the router's own, without showing anything on the way. */
export function keepingSearch(to: string): LoaderFunction {
  return ({ request }) => redirect(to + new URL(request.url).search);
}
